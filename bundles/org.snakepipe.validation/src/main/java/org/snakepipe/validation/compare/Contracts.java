// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import java.util.ArrayList;
import java.util.List;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.Document;
import org.snakepipe.validation.compare.Contract.EveryKey;
import org.snakepipe.validation.compare.Finding.Kind;

/**
 * What the file {@code contracts.yaml} lays down for environments: a list, of which each element says which environments keep
 * it, and one of {@code has every key of} and {@code must differ}. Immutable.
 */
public final class Contracts {
    /** Where it is in a configuration directory. */
    public static final String FILE = "contracts.yaml";
    /** Nothing is laid down. */
    public static final Contracts NONE = new Contracts(List.of(), List.of());

    private final List<Contract> contracts;
    private final List<Problem> problems;

    private Contracts(List<Contract> contracts, List<Problem> problems) {
        this.contracts = List.copyOf(contracts);
        this.problems = List.copyOf(problems);
    }

    /**
     * Reads the file. Bad content never throws; contracts that can be understood count beside others that cannot.
     *
     * @param path  for messages, relative to the configuration directory; JSON when it ends in {@code .json}
     * @param bytes the content
     * @return the contracts
     */
    public static Contracts read(String path, byte[] bytes) {
        Document.Reading reading = Document.read(path, bytes);
        ContractReader reader = new ContractReader();
        reading.document().ifPresent(reader::take);
        List<Problem> problems = new ArrayList<>(reader.problems());
        reading.problem().ifPresent(problems::add);
        return new Contracts(reader.contracts(), problems);
    }

    /**
     * What is wrong with the file itself; {@link EnvironmentCheck#check} tells it too.
     *
     * @return errors, in the order of the file
     */
    public List<Problem> problems() {
        return problems;
    }

    /** Whether one environment has to have every key of another one. */
    boolean demandsKeys(String environment, String other) {
        return contracts.stream()
                .anyMatch(contract -> contract instanceof EveryKey every
                        && every.environments().stream()
                                .anyMatch(name -> name.text().equals(environment))
                        && every.others().stream().anyMatch(name -> name.text().equals(other)));
    }

    List<Finding> findings(Directory directory) {
        List<Finding> findings = new ArrayList<>();
        problems.forEach(problem -> findings.add(Finding.of(Kind.CONTRACT, problem, List.of())));
        ContractCheck check = new ContractCheck(directory, findings);
        contracts.forEach(check::check);
        return findings;
    }
}
