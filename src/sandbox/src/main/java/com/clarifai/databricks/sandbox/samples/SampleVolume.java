package com.clarifai.databricks.sandbox.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The content of the sandbox's first volume: the sample photographs, in one folder a label. */
public final class SampleVolume {

    static final String README = "README.txt";

    private SampleVolume() {}

    /** Writes the photographs and a README, which is no image, into {@code directory}; repeating it changes nothing. */
    public static void write(Path directory) throws IOException {
        for (SamplePhoto photo : SamplePhoto.ALL) {
            Path file = directory.resolve(photo.path());
            Files.createDirectories(file.getParent());
            Files.write(file, photo.bytes());
        }
        Files.writeString(directory.resolve(README), """
                Sample photographs of the databricks-connect sandbox.
                Each folder is named after what its pictures show, so that an import can take the folder as label.
                """);
    }
}
