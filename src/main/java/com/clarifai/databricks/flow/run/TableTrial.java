package com.clarifai.databricks.flow.run;

import com.clarifai.databricks.delta.TableKind;
import com.clarifai.databricks.delta.TableMerge;
import com.clarifai.databricks.delta.TableName;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How a dry run has found that one of the two tables of an export or update would be written.
 *
 * @param compares whether rows may be there already
 * @param known which rows of the table ({@code t}) the dataset decides about, as SQL
 * @param counted which rows of the table go, apart from those that are found; null when none
 * @param found how many of these are in the dataset still
 * @param met which these are; only where they are listed
 */
public record TableTrial(
        TableKind kind,
        TableName target,
        boolean compares,
        TableMerge merge,
        String known,
        String counted,
        AtomicLong found,
        MetKeys met) {

    /** The column that tells its rows apart. */
    public String key() {
        return kind.key();
    }
}
