package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.databricks.sandbox.images.NumberedPicture;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The original bytes of images: one file each, in 256 folders an app, or drawn when they are asked for. */
final class StoredImages {

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}");

    private final Path root;
    private final DrawnImages drawn;

    StoredImages(Path root, DrawnImages drawn) {
        this.root = root;
        this.drawn = drawn;
    }

    /** The bytes of an image, or nothing if there is none or the names cannot be ones. */
    Optional<ImageBytes> find(String app, String name) {
        if (!Ids.isValid(app) || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return drawn.find(app, name).or(() -> Optional.of(path(app, name))
                .filter(Files::isRegularFile)
                .map(ImageBytes.InFile::new));
    }

    /** Keeps a picture under a name that no other image has. */
    void draw(String app, String name, NumberedPicture picture) {
        drawn.put(app, name, picture);
    }

    Path path(String app, String name) {
        return root.resolve(app).resolve(name.substring(name.length() - 2)).resolve(name);
    }

    /** Keeps bytes under a new name. */
    String save(String app, ByteString bytes) {
        String name = Ids.random();
        try (OutputStream out = Files.newOutputStream(create(app, name))) {
            bytes.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return name;
    }

    /** The path of a file that is about to be written. */
    Path create(String app, String name) throws IOException {
        Path path = path(app, name);
        Files.createDirectories(path.getParent());
        return path;
    }

    void delete(String app, String name) {
        drawn.remove(app, name);
        try {
            Files.deleteIfExists(path(app, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
