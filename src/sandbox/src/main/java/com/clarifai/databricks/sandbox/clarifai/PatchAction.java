package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a patch does to data or to a resource. Only the fields it names change. {@code merge} replaces items of equal id and metadata of
 * equal key and appends the others, {@code overwrite} replaces the whole field, {@code remove} takes out what it names.
 */
enum PatchAction {
    MERGE,
    OVERWRITE,
    REMOVE;

    static PatchAction of(String action) {
        for (PatchAction patch : values()) {
            if (patch.name().toLowerCase(Locale.ROOT).equals(action)) {
                return patch;
            }
        }
        throw new Refusal(StatusCode.CONN_INVALID_REQUEST, "action must be merge, overwrite or remove");
    }

    @SuppressWarnings("unchecked")
    <M extends Message> M apply(M data, M patch) {
        Message.Builder patched = data.toBuilder();
        patch.getAllFields().forEach((field, value) -> {
            if (field.isRepeated()) {
                patched.setField(field, items(items(patched.getField(field)), items(value)));
            } else if (value instanceof Struct metadata) {
                patched.setField(field, metadata((Struct) patched.getField(field), metadata));
            } else {
                switch (this) {
                    case MERGE -> patched.setField(field, merge(patched.getField(field), value));
                    case OVERWRITE -> patched.setField(field, value);
                    case REMOVE -> patched.clearField(field);
                }
            }
        });
        return (M) patched.build();
    }

    private List<Message> items(List<Message> old, List<Message> named) {
        if (this == OVERWRITE) {
            return named;
        }
        List<Message> items = new ArrayList<>(old);
        for (Message item : named) {
            int place = indexOf(items, item);
            if (place < 0) {
                if (this == MERGE) {
                    items.add(item);
                }
            } else if (this == MERGE) {
                items.set(place, (Message) merge(items.get(place), item));
            } else {
                items.remove(place);
            }
        }
        return items;
    }

    Struct metadata(Struct old, Struct named) {
        if (this == OVERWRITE) {
            return named;
        }
        Struct.Builder metadata = old.toBuilder();
        named.getFieldsMap().forEach((key, value) -> {
            if (this == REMOVE) {
                metadata.removeFields(key);
            } else if (value.hasStructValue() && metadata.containsFields(key)) {
                Struct inner = metadata.getFieldsOrThrow(key).getStructValue();
                metadata.putFields(
                        key,
                        Value.newBuilder()
                                .setStructValue(metadata(inner, value.getStructValue()))
                                .build());
            } else {
                metadata.putFields(key, value);
            }
        });
        return metadata.build();
    }

    /**
     * Fields that are set replace the old ones whole, such as the box of a region, but for the data of a part, which is
     * merged in turn. A concept does so itself, for its value 0 means negative.
     */
    private static Object merge(Object old, Object named) {
        if (named instanceof Concept || !(named instanceof Message message)) {
            return named;
        }
        Message.Builder merged = ((Message) old).toBuilder();
        message.getAllFields()
                .forEach((field, value) -> merged.setField(
                        field, value instanceof Data data ? MERGE.apply((Data) merged.getField(field), data) : value));
        return merged.build();
    }

    /**
     * The patch, in which a region without an id means the one region that an annotation has: annotations have at most
     * one each, and clients move its box without naming it.
     */
    static Data meantFor(Data data, Data patch) {
        boolean single = data.getRegionsCount() == 1 && patch.getRegionsCount() == 1;
        if (!single || !patch.getRegions(0).getId().isEmpty()) {
            return patch;
        }
        Data.Builder named = patch.toBuilder();
        named.getRegionsBuilder(0).setId(data.getRegions(0).getId());
        return named.build();
    }

    @SuppressWarnings("unchecked")
    private static List<Message> items(Object repeated) {
        return (List<Message>) repeated;
    }

    private static int indexOf(List<Message> items, Message wanted) {
        FieldDescriptor id = wanted.getDescriptorForType().findFieldByName("id");
        boolean named = id != null && !"".equals(wanted.getField(id));
        for (int i = 0; i < items.size(); i++) {
            Message item = items.get(i);
            if (named ? item.getField(id).equals(wanted.getField(id)) : item.equals(wanted)) {
                return i;
            }
        }
        return -1;
    }
}
