package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The files below a directory, one directory after the other, depth first. */
final class VolumeWalk implements Iterator<VolumeFile> {

    private final VolumeFiles files;
    private final Deque<VolumePath> pending = new ArrayDeque<>();
    private final VolumePath root;
    private Iterator<VolumeFile> entries = Collections.emptyIterator();
    private VolumePath directory;
    private VolumeFile next;

    VolumeWalk(VolumeFiles files, VolumePath root) {
        this.files = files;
        this.root = root;
        pending.push(root);
    }

    @Override
    public boolean hasNext() {
        while (next == null && (hasEntry() || !pending.isEmpty())) {
            if (!hasEntry()) {
                directory = pending.pop();
                entries = files.list(directory);
                continue;
            }
            VolumeFile entry = entries.next();
            if (entry.directory()) {
                pending.push(VolumePath.parse(entry.path()));
            } else {
                next = entry;
            }
        }
        return next != null;
    }

    /** A directory that vanished after it was listed is an empty one; a missing root is an error. */
    private boolean hasEntry() {
        try {
            return entries.hasNext();
        } catch (DatabricksException e) {
            if (e.kind() == Kind.NOT_FOUND && !directory.equals(root)) {
                entries = Collections.emptyIterator();
                return false;
            }
            throw e;
        }
    }

    @Override
    public VolumeFile next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        VolumeFile file = next;
        next = null;
        return file;
    }
}
