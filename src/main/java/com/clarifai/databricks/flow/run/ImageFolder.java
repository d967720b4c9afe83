package com.clarifai.databricks.flow.run;

import com.clarifai.databricks.delta.TableName;

/**
 * Where the original images of an export go.
 *
 * @param path whole path of a folder in a volume; null when no images are exported
 * @param table an inputs table whose {@code image_path} says which files of the folder earlier runs have written; or null
 * @param inUse whether it held files before this run
 */
public record ImageFolder(String path, TableName table, boolean inUse) {

    static final ImageFolder NONE = new ImageFolder(null, null, false);

    public ImageFolder namedBy(TableName inputs) {
        return new ImageFolder(path, inputs, inUse);
    }

    public ImageFolder usedBefore(boolean before) {
        return new ImageFolder(path, table, before);
    }

    /** Whether files of it may be those of earlier runs, which a table names. */
    public boolean hasOwn() {
        return table != null && inUse;
    }
}
