package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.databricks.sandbox.images.NumberedPicture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Images of which only number, size and format are kept: they are drawn anew for each download. */
final class DrawnImages {

    private final Index pictures;

    DrawnImages(Store store) {
        pictures = store.index("drawn_images");
    }

    void put(String app, String name, NumberedPicture picture) {
        pictures.put(
                Index.key(app, name),
                picture.number() + " " + picture.width() + " " + picture.height() + " " + picture.format());
    }

    Optional<ImageBytes> find(String app, String name) {
        return pictures.text(Index.key(app, name)).map(DrawnImages::draw);
    }

    void remove(String app, String name) {
        pictures.remove(Index.key(app, name));
    }

    private static ImageBytes draw(String picture) {
        String[] words = picture.split(" ");
        try {
            return new ImageBytes.InMemory(new NumberedPicture(
                            Long.parseLong(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]), words[3])
                    .bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
