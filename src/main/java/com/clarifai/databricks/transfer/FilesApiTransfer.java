package com.clarifai.databricks.transfer;

import com.clarifai.databricks.databricks.VolumeFiles;
import com.clarifai.databricks.databricks.VolumePath;

/** By the workspace, which everybody may who may read the volume. */
public record FilesApiTransfer(VolumeFiles files, String reason) implements Transfer {

    /** Nobody has asked for another. */
    public FilesApiTransfer(VolumeFiles files) {
        this(files, "");
    }

    @Override
    public TransferMode mode() {
        return TransferMode.files_api;
    }

    @Override
    public Picture get(VolumePath path, int maxBytes) {
        return Picture.of(files.readAll(path, maxBytes));
    }

    @Override
    public String description() {
        return mode() + (reason.isEmpty() ? "" : ", because direct is not possible: " + reason);
    }
}
