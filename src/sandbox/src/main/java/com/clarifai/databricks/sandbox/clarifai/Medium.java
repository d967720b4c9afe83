package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.HostedURL;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an input may be beside a text. Image, video and audio have the same fields, but for what is found out of them. */
enum Medium {
    IMAGE("image_info", List.of("orig", "tiny", "small", "large")),
    VIDEO("video_info", List.of("orig")),
    AUDIO("audio_info", List.of("orig"));

    private final String info;
    private final List<String> sizes;

    Medium(String info, List<String> sizes) {
        this.info = info;
        this.sizes = sizes;
    }

    static Optional<Medium> of(Data data) {
        return Stream.of(values())
                .filter(medium -> data.hasField(medium.field()))
                .findFirst();
    }

    /** As it stands in addresses of the data host. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String url(Data data) {
        return (String) get(data, "url");
    }

    ByteString bytes(Data data) {
        return (ByteString) get(data, "base64");
    }

    boolean mayRepeatUrl(Data data) {
        return (boolean) get(data, "allow_duplicate_url");
    }

    Data withoutBytes(Data data) {
        return with(data, "base64", ByteString.EMPTY);
    }

    Data withUrl(Data data, String url) {
        return with(data, "url", url);
    }

    /** Sets what was found out of the bytes. */
    Data withInfo(Data data, Message found) {
        return with(data, info, found);
    }

    /** Whether the bytes were looked into and are whole. */
    boolean isProcessed(Data data) {
        return this == IMAGE
                ? data.getImage().getImageInfo().getWidth() > 0
                : ((Message) data.getField(field())).hasField(field(info));
    }

    Data withHosted(Data data, HostedURL.Builder hosted, boolean original) {
        return with(
                data,
                "hosted",
                hosted.addAllSizes(original ? sizes : sizes.subList(1, sizes.size()))
                        .build());
    }

    private Object get(Data data, String name) {
        return ((Message) data.getField(field())).getField(field(name));
    }

    private Data with(Data data, String name, Object value) {
        Message medium = ((Message) data.getField(field()))
                .toBuilder().setField(field(name), value).build();
        return data.toBuilder().setField(field(), medium).build();
    }

    private FieldDescriptor field() {
        return Data.getDescriptor().findFieldByName(label());
    }

    private FieldDescriptor field(String name) {
        return field().getMessageType().findFieldByName(name);
    }
}
