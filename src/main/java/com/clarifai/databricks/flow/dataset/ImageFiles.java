package com.clarifai.databricks.flow.dataset;

import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.DatasetRead;
import com.clarifai.databricks.flow.run.ImageFolder;
import com.clarifai.databricks.flow.run.Intention;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.mapping.ImageNames;
import com.clarifai.databricks.mapping.OriginalImage;
import com.clarifai.databricks.model.ImageFormat;
import com.clarifai.databricks.model.InputColumns;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which file of a volume an exported image is, and what becomes of it: in its row and in the counts of the run. */
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

    private static final Logger LOG = LoggerFactory.getLogger(ImageFiles.class);

    /** The body is what the folder holds: files of earlier runs may be among it. */
    public void noteEarlierFiles(@Variable(Run.VARIABLE) Run run, @Body Iterator<VolumeFile> files) {
        DatasetRead dataset = run.dataset();
        dataset.writeImages(dataset.images().usedBefore(files.hasNext()));
    }

    /** The whole path; null as long as Clarifai has not said which format the image has, and where no file can be there. */
    public String announcedPath(@Variable(Run.VARIABLE) Run run, @Variable("row") Map<String, Object> row) {
        ImageFormat format = OriginalImage.of(row).format();
        ImageFolder folder = run.dataset().images();
        return format == null || !folder.inUse() ? null : path(folder.path(), row, format);
    }

    /** The whole path of an image with these bytes. */
    public String path(@Variable(Run.VARIABLE) Run run, @Variable("row") Map<String, Object> row, @Body byte[] image) {
        return path(run.dataset().images().path(), row, ImageFormat.of(image).orElseThrow());
    }

    /** In bytes. Simple's {@code ${body.length}} would make an object of each of them first. */
    public long size(@Body byte[] image) {
        return image.length;
    }

    private static String path(String folder, Map<String, Object> row, ImageFormat format) {
        String name = ImageNames.fileName((String) row.get(InputColumns.INPUT_ID), format);
        return VolumePath.parse(folder).resolve(name).toString();
    }

    /** The ids of a batch of inputs, as a JSON array. */
    public String ids(@Body List<Map<String, Object>> rows) {
        return JsonText.of(
                rows.stream().map(row -> row.get(InputColumns.INPUT_ID)).toList());
    }

    /** The files that rows of the inputs table name: a run of this program has written them. */
    public Set<Object> paths(@Variable("answer") List<Map<String, Object>> rows) {
        return rows.stream().map(row -> row.get(InputColumns.IMAGE_PATH)).collect(Collectors.toSet());
    }

    /** Whether a file of that path, if there is one, may be overwritten. */
    public boolean isOwn(
            @Variable("imagePath") String path, @Variable("ownFiles") Set<Object> own, @Header("force") Boolean force) {
        return Boolean.TRUE.equals(force) || own != null && own.contains(path);
    }

    /**
     * The size that the original must have for the file to be its copy; null when it cannot be: it is not there (null),
     * or was written before the input was made, from an earlier input of the same id.
     */
    public static Long unchangedSize(@Variable("row") Map<String, Object> row, @Body VolumeFile file) {
        boolean dated = file != null
                && file.modifiedAt() != null
                && row.get(InputColumns.INPUT_CREATED_AT) instanceof Instant created
                && !file.modifiedAt().isBefore(created);
        return dated ? file.size() : null;
    }

    public void written(
            @Variable(Run.VARIABLE) Run run,
            @Variable("row") Map<String, Object> row,
            @Variable("imagePath") String path) {
        row.put(InputColumns.IMAGE_PATH, path);
        run.add(Count.IMAGES, 1);
    }

    /** In a dry run. The body is the file that is there already; null when there is none. */
    public void wouldWrite(
            @Variable(Run.VARIABLE) Run run,
            @Variable("row") Map<String, Object> row,
            @Variable("imagePath") String path,
            @Body VolumeFile file) {
        run.add(file == null ? Count.IMAGES : Count.IMAGES_EXISTING, 1);
        if (file == null) {
            String id = String.valueOf(row.get(InputColumns.INPUT_ID));
            run.would(new Intention(
                    "write",
                    "image",
                    id,
                    "to",
                    path == null ? run.dataset().images().path() : path));
        }
    }

    public void existing(
            @Variable(Run.VARIABLE) Run run,
            @Variable("row") Map<String, Object> row,
            @Variable("imagePath") String path) {
        row.put(InputColumns.IMAGE_PATH, path);
        run.add(Count.IMAGES_EXISTING, 1);
    }

    public void failed(
            @Variable(Run.VARIABLE) Run run,
            @Variable("row") Map<String, Object> row,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        failed(run, row, failure.getMessage());
    }

    /** The body is the file that stands where the image was to be written, and is not known for one of ours. */
    public void inTheWay(
            @Variable(Run.VARIABLE) Run run,
            @Variable("row") Map<String, Object> row,
            @Variable("imageSize") long size,
            @Variable("imagePath") String path,
            @Body VolumeFile file) {
        Long unchanged = unchangedSize(row, file);
        if (unchanged != null && unchanged == size) {
            existing(run, row, path);
        } else {
            failed(
                    run,
                    row,
                    path
                            + " is another file, which no row of the inputs table names: it is kept; choose another folder,"
                            + " move it away, or insist with the parameter force");
        }
    }

    private static void failed(Run run, Map<String, Object> row, String reason) {
        row.remove(InputColumns.IMAGE_PATH);
        row.put(InputColumns.IMAGE_ERROR, reason);
        run.add(Count.IMAGES_FAILED, 1);
        // ids are others' text, and a line break in one would forge a line of the log
        String id = String.valueOf(row.get(InputColumns.INPUT_ID)).replaceAll("\\p{Cntrl}", "?");
        LOG.warn("The image of input {} was not exported: {}", id, reason);
    }
}
