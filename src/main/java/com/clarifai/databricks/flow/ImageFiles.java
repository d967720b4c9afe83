package com.clarifai.databricks.flow;

import com.clarifai.databricks.component.databricks.DatabricksConstants;
import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.mapping.ImageNames;
import com.clarifai.databricks.mapping.OriginalImage;
import com.clarifai.databricks.model.ImageFormat;
import com.clarifai.databricks.model.InputColumns;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Which file of a volume an exported image is. The routes call it by name. */
public final class ImageFiles {

    /**
     * The folder that the parameters of an export name.
     *
     * @param volume its name, or {@code catalog.schema.volume}
     * @param path of a folder in it; may be null or empty
     * @throws IllegalArgumentException when they name none
     */
    public static VolumePath folder(String volume, String path, String catalog, String schema) {
        TableName name = TableName.parse(volume, catalog, schema);
        VolumePath root = VolumePath.of(name.catalog(), name.schema(), name.table());
        return path == null || path.isEmpty() ? root : root.resolve(path);
    }

    private static final ObjectMapper JSON = new ObjectMapper();

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

    /** The ids of a batch of inputs, as a JSON array. */
    public String ids(@Body List<Map<String, Object>> rows) {
        try {
            return JSON.writeValueAsString(
                    rows.stream().map(row -> row.get(InputColumns.INPUT_ID)).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The files that rows of the inputs table name: a run of this program has written them. */
    public Set<Object> paths(@Body List<Map<String, Object>> rows) {
        return rows.stream().map(row -> row.get(InputColumns.IMAGE_PATH)).collect(Collectors.toSet());
    }

    /** Whether a file of that path, if there is one, may be overwritten. */
    public boolean isOwn(
            @Header(DatabricksConstants.PATH) String path,
            @ExchangeProperty("imagesOwn") Set<Object> own,
            @Header("force") Boolean force) {
        return Boolean.TRUE.equals(force) || own != null && own.contains(path);
    }

    /**
     * The size that the original must have for the file to be its copy; null when it cannot be: it is not there (null),
     * or was written before the input was made, from an earlier input of the same id.
     */
    public static Long unchangedSize(@ExchangeProperty("row") Map<String, Object> row, @Body VolumeFile file) {
        boolean dated = file != null
                && file.modifiedAt() != null
                && row.get(InputColumns.INPUT_CREATED_AT) instanceof Instant created
                && !file.modifiedAt().isBefore(created);
        return dated ? file.size() : null;
    }
}
