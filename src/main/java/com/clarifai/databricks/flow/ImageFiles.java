package com.clarifai.databricks.flow;

import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.mapping.ImageNames;
import com.clarifai.databricks.mapping.OriginalImage;
import com.clarifai.databricks.model.ImageFormat;
import com.clarifai.databricks.model.InputColumns;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Which file of a volume an exported image is. The routes call it by name. */
public final class ImageFiles {

    /** The whole path; null as long as Clarifai has not said which format the image has. */
    public String announcedPath(
            @Header("imagesFolder") String folder, @ExchangeProperty("row") Map<String, Object> row) {
        ImageFormat format = OriginalImage.of(row).format();
        return format == null ? null : path(folder, row, format);
    }

    /** The whole path of an image with these bytes. */
    public String path(
            @Header("imagesFolder") String folder,
            @ExchangeProperty("row") Map<String, Object> row,
            @Body byte[] image) {
        return path(folder, row, ImageFormat.of(image).orElseThrow());
    }

    private static String path(String folder, Map<String, Object> row, ImageFormat format) {
        String name = ImageNames.fileName((String) row.get(InputColumns.INPUT_ID), format);
        return VolumePath.parse(folder).resolve(name).toString();
    }

    /**
     * The size that the original must have for the file to be its copy; null when it cannot be: it is not there (null),
     * or was written before the input was made, from an earlier input of the same id.
     */
    public Long unchangedSize(@ExchangeProperty("row") Map<String, Object> row, @Body VolumeFile file) {
        boolean dated = file != null
                && file.modifiedAt() != null
                && row.get(InputColumns.INPUT_CREATED_AT) instanceof Instant created
                && !file.modifiedAt().isBefore(created);
        return dated ? file.size() : null;
    }
}
