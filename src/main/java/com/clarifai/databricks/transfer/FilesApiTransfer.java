package com.clarifai.databricks.transfer;

import com.clarifai.databricks.databricks.VolumeFiles;
import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.io.BytePool;

/** By the workspace, which everybody may who may read the volume. */
public record FilesApiTransfer(VolumeFiles files, String reason, BytePool pool) implements Transfer {

    /** Nobody has asked for another. */
    public FilesApiTransfer(VolumeFiles files) {
        this(files, "", new BytePool());
    }

    @Override
    public TransferMode mode() {
        return TransferMode.files_api;
    }

    @Override
    public Picture get(VolumePath path, int maxBytes) {
        return Picture.of(files.read(path, maxBytes, pool));
    }

    @Override
    public String description() {
        return mode() + (reason.isEmpty() ? "" : ", because direct is not possible: " + reason);
    }
}
