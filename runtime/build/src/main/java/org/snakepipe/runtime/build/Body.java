// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime.build;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens in one method: its calls, and its cyclomatic complexity, which is one more than the points where the flow
 * divides (T. J. McCabe, A Complexity Measure, IEEE Transactions on Software Engineering SE-2, 1976): {@code if}, loops,
 * cases with a label, {@code catch}, {@code ?:}, {@code &&} and {@code ||}. Lambdas count for the method they stand in,
 * local and anonymous classes do not.
 */
final class Body extends TreeScanner<Void, Void> {
    /** One call. @param name of the method @param tree where it stands */
    record Call(String name, Tree tree) {}

    private final List<Call> calls = new ArrayList<>();
    private int complexity = 1;

    int complexity() {
        return complexity;
    }

    List<Call> calls() {
        return calls;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
        ExpressionTree select = tree.getMethodSelect();
        if (select instanceof MemberSelectTree member) {
            calls.add(new Call(member.getIdentifier().toString(), tree));
        } else if (select instanceof IdentifierTree identifier) {
            calls.add(new Call(identifier.getName().toString(), tree));
        }
        return super.visitMethodInvocation(tree, unused);
    }

    @Override
    public Void visitClass(ClassTree tree, Void unused) {
        return null;
    }

    @Override
    public Void visitIf(IfTree tree, Void unused) {
        complexity++;
        return super.visitIf(tree, unused);
    }

    @Override
    public Void visitForLoop(ForLoopTree tree, Void unused) {
        complexity++;
        return super.visitForLoop(tree, unused);
    }

    @Override
    public Void visitEnhancedForLoop(EnhancedForLoopTree tree, Void unused) {
        complexity++;
        return super.visitEnhancedForLoop(tree, unused);
    }

    @Override
    public Void visitWhileLoop(WhileLoopTree tree, Void unused) {
        complexity++;
        return super.visitWhileLoop(tree, unused);
    }

    @Override
    public Void visitDoWhileLoop(DoWhileLoopTree tree, Void unused) {
        complexity++;
        return super.visitDoWhileLoop(tree, unused);
    }

    @Override
    public Void visitCase(CaseTree tree, Void unused) {
        if (!tree.getExpressions().isEmpty()) {
            complexity++;
        }
        return super.visitCase(tree, unused);
    }

    @Override
    public Void visitCatch(CatchTree tree, Void unused) {
        complexity++;
        return super.visitCatch(tree, unused);
    }

    @Override
    public Void visitConditionalExpression(ConditionalExpressionTree tree, Void unused) {
        complexity++;
        return super.visitConditionalExpression(tree, unused);
    }

    @Override
    public Void visitBinary(BinaryTree tree, Void unused) {
        if (tree.getKind() == Tree.Kind.CONDITIONAL_AND || tree.getKind() == Tree.Kind.CONDITIONAL_OR) {
            complexity++;
        }
        return super.visitBinary(tree, unused);
    }
}
