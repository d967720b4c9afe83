package com.clarifai.databricks.transfer;

import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.io.BytePool;
import com.clarifai.databricks.io.CloudStore;

/** From where the cloud keeps the files of one volume. */
final class StoreTransfer implements Transfer {

    private final TransferMode mode;
    private final VolumePath volume;
    private final CloudStore store;
    private final String prefix;
    private final String place;
    private final BytePool pool = new BytePool();

    /**
     * @param prefix what the keys of the volume's files begin with; empty or ending in a slash
     * @param place the store in words
     */
    StoreTransfer(TransferMode mode, VolumePath volume, CloudStore store, String prefix, String place) {
        this.mode = mode;
        this.volume = volume;
        this.store = store;
        this.prefix = prefix;
        this.place = place;
    }

    @Override
    public TransferMode mode() {
        return mode;
    }

    @Override
    public Picture get(VolumePath path, int maxBytes) {
        if (!path.root().equals(volume)) {
            throw new IllegalArgumentException(path + " is not in " + volume);
        }
        String key = prefix + path.inVolume();
        return mode == TransferMode.by_url ? Picture.at(store.link(key)) : Picture.of(store.read(key, maxBytes, pool));
    }

    @Override
    public String description() {
        return mode + ", from " + place;
    }

    @Override
    public void close() {
        store.close();
    }
}
