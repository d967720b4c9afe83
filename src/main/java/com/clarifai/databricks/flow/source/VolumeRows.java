package com.clarifai.databricks.flow.source;

import com.clarifai.databricks.component.databricks.ImageFileRows;
import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.flow.run.Run;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** The rows that an import of a volume, or of a folder of this machine, makes of its files. */
public final class VolumeRows {

    /**
     * @param run is told what is left out; null where nothing is imported
     * @param filter an Ant pattern, matched with the file's path in the volume, or with its name when it has no slash
     * @param path the folder of the volume that is imported; hidden files in it are left out, not what it is itself called
     * @param labelFromFolder whether the name of the folder that holds the file becomes its concept
     * @see ImageFileRows#of
     */
    public List<Map<String, Object>> of(
            @Body List<VolumeFile> files,
            @Variable(Run.VARIABLE) Run run,
            @Header("filter") String filter,
            @Header("labelFromFolder") Boolean labelFromFolder,
            @Header("path") String path) {
        BiConsumer<String, String> leftOut =
                run == null ? (why, file) -> {} : (why, file) -> run.notes().leftOut(why, file);
        boolean label = Boolean.TRUE.equals(labelFromFolder);
        return run != null && run.folder() != null && run.folder().startsWith(LocalPath.PREFIX)
                ? ImageFileRows.below(run.folder(), files, filter, label, leftOut)
                : ImageFileRows.of(files, filter, label, path, leftOut);
    }
}
