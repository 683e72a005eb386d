// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.ast.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An object of the document with the place where it stands, so that what is wrong with it can be named. */
record Node(String place, Map<?, ?> fields) {
    static Node of(String place, Object value) throws DocumentException {
        if (value instanceof Map<?, ?> map) {
            return new Node(place, map);
        }
        throw new DocumentException(place + " is no object");
    }

    String text(String key) throws DocumentException {
        Object value = fields.get(key);
        if (value instanceof String text) {
            return text;
        }
        throw new DocumentException(place(key) + (value == null ? " is missing" : " is no text"));
    }

    String textOr(String key, String otherwise) throws DocumentException {
        return fields.get(key) == null ? otherwise : text(key);
    }

    int number(String key) throws DocumentException {
        Object value = fields.get(key);
        if (value == null) {
            return 0;
        }
        if (value instanceof Number number) {
            return number.intValue();
        }
        throw new DocumentException(place(key) + " is no number");
    }

    List<String> texts(String key) throws DocumentException {
        List<String> texts = new ArrayList<>();
        for (Object value : list(key)) {
            if (!(value instanceof String text)) {
                throw new DocumentException(place(key) + " holds something that is no text");
            }
            texts.add(text);
        }
        return texts;
    }

    List<Node> nodes(String key) throws DocumentException {
        List<Node> nodes = new ArrayList<>();
        int index = 0;
        for (Object value : list(key)) {
            nodes.add(of(place(key) + "[" + index++ + "]", value));
        }
        return nodes;
    }

    private List<?> list(String key) throws DocumentException {
        Object value = fields.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new DocumentException(place(key) + " is no list");
    }

    private String place(String key) {
        return place.isEmpty() ? key : place + "." + key;
    }
}
