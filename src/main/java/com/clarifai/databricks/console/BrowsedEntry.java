package com.clarifai.databricks.console;

import com.clarifai.databricks.component.databricks.ImageFileRows;
import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.s3.S3Folder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A folder or file of a place; catalogs, schemas, volumes and buckets are folders.
 *
 * @param size bytes; 0 for a folder
 * @param modifiedAt null for a folder, and where the service does not say
 */
record BrowsedEntry(String name, boolean folder, long size, Instant modifiedAt) {

    static BrowsedEntry of(Object listed) {
        if (listed instanceof VolumeFile file) {
            return new BrowsedEntry(file.name(), file.directory(), file.size(), file.modifiedAt());
        }
        if (listed instanceof S3Folder.Entry object) {
            return new BrowsedEntry(object.name(), object.folder(), object.size(), object.modifiedAt());
        }
        String name = listed instanceof Map<?, ?> thing ? String.valueOf(thing.get("name")) : listed.toString();
        return new BrowsedEntry(name, true, 0, null);
    }

    /** @param part in lower case */
    boolean contains(String part) {
        return name.toLowerCase(Locale.ROOT).contains(part);
    }

    /** Whether its name is one of a picture that an import takes. */
    boolean isPicture() {
        return !folder && ImageFileRows.isImage(name);
    }

    Map<String, Object> toMap(BrowsedPlace place) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("path", place.below(name, folder));
        if (!folder) {
            map.put("size", size);
            map.put("modifiedAt", modifiedAt == null ? null : modifiedAt.toString());
            map.put("thumbnail", !place.isOnS3() && isPicture() && size <= BrowsedFolders.MAX_THUMBNAIL);
        }
        return map;
    }
}
