package com.clarifai.databricks.sandbox.sql;

import com.databricks.jdbc.model.client.thrift.generated.THandleIdentifier;
import java.nio.ByteBuffer;
import java.util.UUID;

/** The ids of sessions and statements as the Thrift protocol has them. */
final class ThriftHandles {

    private ThriftHandles() {}

    static THandleIdentifier handle(String id) {
        UUID uuid = UUID.fromString(id);
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        return new THandleIdentifier(ByteBuffer.wrap(bytes), ByteBuffer.wrap(bytes));
    }

    static String id(THandleIdentifier handle) {
        ByteBuffer guid = ByteBuffer.wrap(handle.getGuid());
        return new UUID(guid.getLong(), guid.getLong()).toString();
    }
}
