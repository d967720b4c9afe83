package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The files below a directory, one directory after the other, depth first. A directory that cannot be entered, as its name
 * holds control characters or it may not be read, is given as it is, so that it can be told.
 */
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
            if (!entry.directory() || entry.path().equals(directory.toString()) || !enter(entry)) {
                next = entry;
            }
        }
        return next != null;
    }

    private boolean enter(VolumeFile entry) {
        try {
            pending.push(VolumePath.parse(entry.path()));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A directory that vanished after it was listed is an empty one; a missing root is an error. */
    private boolean hasEntry() {
        try {
            return entries.hasNext();
        } catch (DatabricksException e) {
            boolean closed = e.kind() == Kind.PERMISSION_DENIED;
            if (directory.equals(root) || !closed && e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
            entries = closed ? told(directory) : Collections.emptyIterator();
            return closed;
        }
    }

    private static Iterator<VolumeFile> told(VolumePath closed) {
        return List.of(new VolumeFile(closed.toString(), closed.name(), 0, null, true))
                .iterator();
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
