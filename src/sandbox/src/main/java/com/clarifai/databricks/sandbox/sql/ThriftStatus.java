package com.clarifai.databricks.sandbox.sql;

import com.databricks.jdbc.model.client.thrift.generated.TOperationHandle;
import com.databricks.jdbc.model.client.thrift.generated.TStatus;
import com.databricks.jdbc.model.client.thrift.generated.TStatusCode;

/** What the Thrift protocol says of a call. */
final class ThriftStatus {

    private ThriftStatus() {}

    static TStatus success() {
        return new TStatus(TStatusCode.SUCCESS_STATUS);
    }

    static TStatus error(SqlError error) {
        return new TStatus(TStatusCode.ERROR_STATUS)
                .setErrorMessage(error.message())
                .setDisplayMessage(error.message())
                .setSqlState(error.sqlState());
    }

    static TStatus noSuchSession(String id) {
        return error(new SqlError("BAD_REQUEST", "Invalid SessionHandle: SessionHandle [" + id + "]", "HY000"));
    }

    static TStatus noSuchOperation(TOperationHandle handle) {
        return error(new SqlError(
                "BAD_REQUEST",
                "Invalid OperationHandle: OperationHandle [" + ThriftHandles.id(handle.getOperationId()) + "]",
                "HY000"));
    }

    static TStatus unsupported(String what) {
        return error(new SqlError("BAD_REQUEST", "The sandbox does not have this: " + what, "0A000"));
    }
}
