package com.clarifai.databricks.mapping;

import com.clarifai.databricks.json.JsonText;
import com.clarifai.grpc.api.BoundingBox;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.FrameInfo;
import com.clarifai.grpc.api.GeoPoint;
import com.clarifai.grpc.api.Point;
import com.clarifai.grpc.api.Span;
import com.clarifai.grpc.api.TimeInfo;
import com.clarifai.grpc.api.Token;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code Annotation.data} of the Clarifai API as JSON, and back.
 *
 * <p>The JSON has the field names of the API's protobuf messages. Zeros that mean something are written: an edge of a
 * box or a coordinate of a point at 0, a concept that is absent (value 0). A concept without a value is present: 1, as
 * in Clarifai's own JSON API. Floats are float32, written with the fewest digits that identify them.
 */
public final class AnnotationData {

    private static final Logger LOG = LoggerFactory.getLogger(AnnotationData.class);

    private static final JsonFormat.Printer PRINTER = JsonFormat.printer()
            .preservingProtoFieldNames()
            .omittingInsignificantWhitespace()
            .includingDefaultValueFields(Stream.of(
                            fields(Concept.getDescriptor(), "value"),
                            fields(BoundingBox.getDescriptor(), "top_row", "left_col", "bottom_row", "right_col"),
                            fields(Point.getDescriptor(), "row", "col"),
                            fields(Span.getDescriptor(), "char_start", "char_end"),
                            fields(Token.getDescriptor(), "char_start", "char_end"),
                            fields(FrameInfo.getDescriptor(), "index", "time"),
                            fields(TimeInfo.getDescriptor(), "num_frames", "begin_time", "end_time"),
                            fields(GeoPoint.getDescriptor(), "longitude", "latitude"))
                    .flatMap(Set::stream)
                    .collect(Collectors.toUnmodifiableSet()));

    private AnnotationData() {}

    /**
     * @param annotations the text of a JSON array or a Python list, or a list whose items are maps or such texts
     * @throws IllegalArgumentException when it is not such an array, or an item has an unknown field or a wrong type
     */
    public static List<Data> parse(Object annotations) {
        JsonNode array = tree(annotations);
        if (!array.isArray()) {
            throw new IllegalArgumentException("not a JSON array");
        }
        List<Data> parsed = new ArrayList<>(array.size());
        for (JsonNode item : array) {
            int number = parsed.size() + 1;
            JsonNode object = item.isTextual() ? tree(item.textValue()) : item;
            if (!(object instanceof ObjectNode)) {
                throw new IllegalArgumentException("item " + number + " is not a JSON object");
            }
            Data.Builder data = Data.newBuilder();
            try {
                AnnotationJson.prepare(object, Data.getDescriptor());
                JsonFormat.parser().merge(object.toString(), data);
            } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
                throw new IllegalArgumentException("item " + number + ": " + e.getMessage(), e);
            }
            parsed.add(data.build());
        }
        return parsed;
    }

    /** Without what JSON cannot hold, of which the log tells. */
    public static String json(Data data) {
        try {
            return PRINTER.print(data);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            LOG.warn("A part of an annotation is left out or written as text: {}", e.getMessage());
            return holdable(data);
        }
    }

    private static String holdable(Data data) {
        try {
            return PRINTER.print(JsonHoldable.of(data));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("Not to be written as JSON: " + e.getMessage(), e);
        }
    }

    /** The same JSON object as maps, lists and scalars. */
    public static Map<String, Object> map(Data data) {
        try {
            return ImportJson.own(json(data));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Nested too deeply: " + e.getOriginalMessage(), e);
        }
    }

    private static JsonNode tree(Object json) {
        try {
            return JsonText.treeOf(json instanceof String text ? ImportJson.parse(text) : json);
        } catch (RefusedValueException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Set<FieldDescriptor> fields(Descriptor type, String... names) {
        return Stream.of(names).map(type::findFieldByName).collect(Collectors.toSet());
    }
}
