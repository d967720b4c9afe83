package com.clarifai.databricks.sandbox.sql;

import com.databricks.internal.apache.thrift.TException;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataResp;
import com.databricks.jdbc.model.client.thrift.generated.TRowSet;
import org.apache.spark.sql.types.StructType;

/** A form of rows that the Thrift protocol has. */
interface ThriftFormat extends Chunks.Format {

    /** Adds to the description of a result what this form has. */
    void describe(StructType schema, TGetResultSetMetadataResp metadata);

    /**
     * @param chunk as this form encoded it
     * @param start the number of its first row
     */
    TRowSet rows(byte[] chunk, long start, long count) throws TException;

    /** After the last row, whose number comes before this one. */
    TRowSet noRows(StructType schema, long start);
}
