package com.clarifai.databricks.mapping;

import com.clarifai.grpc.api.Concept;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Struct;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes the JSON of annotation data ready for protobuf's reader, which would change some of it without a word. */
final class AnnotationJson {

    private static final Set<JavaType> NUMBERS =
            EnumSet.of(JavaType.INT, JavaType.LONG, JavaType.FLOAT, JavaType.DOUBLE);

    private AnnotationJson() {}

    /**
     * Concepts without a value become present: in protobuf a value that is not set is 0, and a concept with value 0 is
     * absent from the image. Numbers in metadata that a double would change become text.
     *
     * @throws IllegalArgumentException when a number is none, or beyond all bounds
     */
    static void prepare(JsonNode node, Descriptor type) {
        if (node.isArray()) {
            node.forEach(item -> prepare(item, type));
        }
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        if (type.equals(Struct.getDescriptor())) {
            keepNumbers(object);
            return;
        }
        if (type.equals(Concept.getDescriptor())
                && (object.path("value").isMissingNode() || object.get("value").isNull())) {
            object.put("value", 1);
        }
        for (FieldDescriptor field : type.getFields()) {
            String name = object.has(field.getName()) ? field.getName() : field.getJsonName();
            JsonNode child = object.get(name);
            if (child != null && field.getJavaType() == JavaType.MESSAGE) {
                prepare(child, field.getMessageType());
            } else if (child != null && NUMBERS.contains(field.getJavaType())) {
                object.set(name, number(field, child));
            }
        }
    }

    /** Protobuf's reader would write out {@code 1e999999999} to see whether it is an integer. */
    private static JsonNode number(FieldDescriptor field, JsonNode value) {
        if (value.isTextual() && !Decimals.isDecimal(value.textValue().strip())) {
            throw new IllegalArgumentException(field.getName() + " is " + value + " and not a number");
        }
        if (!value.isNumber()) {
            return value;
        }
        double number = value.doubleValue();
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(field.getName() + " is " + number + " and not a number");
        }
        return value.isBigDecimal() ? JsonNodeFactory.instance.numberNode(number) : value;
    }

    private static void keepNumbers(ContainerNode<?> container) {
        if (container instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> object.set(name, kept(object.get(name))));
        } else if (container instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, kept(array.get(i)));
            }
        }
    }

    private static JsonNode kept(JsonNode value) {
        if (value instanceof ContainerNode<?> container) {
            keepNumbers(container);
            return value;
        }
        if (!value.isNumber()) {
            return value;
        }
        Number number = value.numberValue();
        if (MissingValues.isMissing(number)) {
            return NullNode.getInstance();
        }
        if (!Double.isFinite(number.doubleValue())) {
            throw new IllegalArgumentException("metadata holds a number that JSON does not have: " + number);
        }
        return Decimals.isDouble(number) ? value : JsonNodeFactory.instance.textNode(number.toString());
    }
}
