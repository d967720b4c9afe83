package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.databricks.sandbox.images.NumberedPicture;
import com.clarifai.grpc.api.Audio;
import com.clarifai.grpc.api.AudioInfo;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Geo;
import com.clarifai.grpc.api.GeoPoint;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.ImageInfo;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.Text;
import com.clarifai.grpc.api.TextInfo;
import com.clarifai.grpc.api.Video;
import com.clarifai.grpc.api.VideoInfo;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.net.URI;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Inputs of every type and status, each a function of seed and number: of 20, one is a text, one a video, one an audio
 * and one an image that lies elsewhere on the web; of 50, one failed and one is pending.
 *
 * @param images address of the web server with the originals of images posted by URL
 */
record SampleInputs(long seed, URI images) {

    /** What an input is, as it is counted. */
    enum Kind {
        TEXT,
        VIDEO,
        AUDIO,
        URL_IMAGE,
        IMAGE
    }

    private static final int KINDS_CYCLE = 20;
    private static final int STATUS_CYCLE = 50;
    private static final int FAILED = 18;
    private static final int PENDING = 19;
    private static final int CONCEPTS = 40;
    private static final long MOST_CHANGE_MICROS = 30L * 24 * 3600 * 1_000_000;

    static Kind kind(long number) {
        if (status(number) != StatusCode.INPUT_DOWNLOAD_SUCCESS) {
            return Kind.URL_IMAGE;
        }
        return Kind.values()[(int) Math.min(number % KINDS_CYCLE, Kind.IMAGE.ordinal())];
    }

    static StatusCode status(long number) {
        return switch ((int) (number % STATUS_CYCLE)) {
            case FAILED -> StatusCode.INPUT_DOWNLOAD_FAILED;
            case PENDING -> StatusCode.INPUT_DOWNLOAD_PENDING;
            default -> StatusCode.INPUT_DOWNLOAD_SUCCESS;
        };
    }

    /** The picture of an image that was posted as bytes. */
    static NumberedPicture picture(long number) {
        return new NumberedPicture(
                number, 64 + 8 * (int) (number % 9), 64 + 8 * (int) (number % 7), number % 5 == 0 ? "png" : "jpeg");
    }

    /** An input that came at a time, in microseconds since 1970. */
    StoredInput input(long number, String id, long arrived) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        Data.Builder data = content(number);
        addConcepts(data, random);
        if (random.nextInt(10) > 0) {
            data.setMetadata(metadata(number, random));
        }
        if (random.nextInt(3) == 0) {
            data.setGeo(geo(random));
        }
        long changed = random.nextInt(3) == 0 ? arrived + random.nextLong(MOST_CHANGE_MICROS) : arrived;
        Input input = Input.newBuilder()
                .setId(id)
                .setData(data)
                .setCreatedAt(Times.ofMicros(arrived))
                .setModifiedAt(Times.ofMicros(changed))
                .setStatus(Statuses.of(status(number)))
                .build();
        String blob = kind(number) == Kind.IMAGE ? String.format("5eed%028x", number) : "";
        return new StoredInput(arrived, "level-" + id, "", blob, input);
    }

    private Data.Builder content(long number) {
        Data.Builder data = Data.newBuilder();
        switch (kind(number)) {
            case TEXT -> {
                String raw = "Nr. " + number + ": \"Grüße\", it's\n\t的 \uD83D\uDE80 \\ done";
                data.setText(Text.newBuilder()
                        .setRaw(raw)
                        .setTextInfo(TextInfo.newBuilder()
                                .setCharCount(raw.codePointCount(0, raw.length()))
                                .setEncoding("UTF-8")));
            }
            case VIDEO ->
                data.setVideo(Video.newBuilder()
                        .setUrl(images + "/videos/" + number + ".mp4")
                        .setVideoInfo(VideoInfo.newBuilder()
                                .setWidth(640)
                                .setHeight(360)
                                .setFps(25)
                                .setFrameCount(250)
                                .setDurationSeconds(10)
                                .setVideoFormat("MPEG-4")));
            case AUDIO ->
                data.setAudio(Audio.newBuilder()
                        .setUrl(images + "/sounds/" + number + ".wav")
                        .setAudioInfo(AudioInfo.newBuilder()
                                .setAudioFormat("WAV")
                                .setSampleRate(44_100)
                                .setDurationSeconds(3.5f)));
            case URL_IMAGE -> data.setImage(urlImage(number));
            case IMAGE -> {
                NumberedPicture picture = picture(number);
                data.setImage(Image.newBuilder()
                        .setImageInfo(info(
                                picture.width(),
                                picture.height(),
                                picture.format().toUpperCase(Locale.ROOT))));
            }
        }
        return data;
    }

    private Image urlImage(long number) {
        return switch (status(number)) {
            case INPUT_DOWNLOAD_FAILED ->
                Image.newBuilder()
                        .setUrl(images + "/missing/" + number + ".jpg")
                        .setImageInfo(ImageInfo.newBuilder().setFormat("UnknownImageFormat"))
                        .build();
            case INPUT_DOWNLOAD_PENDING ->
                Image.newBuilder()
                        .setUrl(images + "/generated/" + number + ".jpg")
                        .setImageInfo(ImageInfo.newBuilder().setFormat("UnknownImageFormat"))
                        .build();
            default -> {
                NumberedPicture picture = new NumberedPicture(number);
                yield Image.newBuilder()
                        .setUrl(images + "/generated/" + number + ".jpg")
                        .setImageInfo(info(picture.width(), picture.height(), "JPEG"))
                        .build();
            }
        };
    }

    private static ImageInfo info(int width, int height, String format) {
        return ImageInfo.newBuilder()
                .setWidth(width)
                .setHeight(height)
                .setFormat(format)
                .setColorMode("YUV")
                .build();
    }

    /** None to three different ones, some of them negative. */
    private static void addConcepts(Data.Builder data, SplittableRandom random) {
        int count = random.nextInt(4);
        int first = random.nextInt(CONCEPTS);
        for (int i = 0; i < count; i++) {
            data.addConcepts(concept(first + i * 7, random.nextInt(4) == 0 ? 0f : 1f));
        }
    }

    static Concept concept(int number, float value) {
        int id = number % CONCEPTS;
        return Concept.newBuilder()
                .setId("concept-" + id)
                .setName(id % 4 == 0 ? "Käfer " + id + ", 猫" : "concept " + id)
                .setValue(value)
                .build();
    }

    private static Struct metadata(long number, SplittableRandom random) {
        Struct camera = Struct.newBuilder()
                .putFields("iso", number(100 << random.nextInt(5)))
                .putFields("lens", text("50 mm ƒ/1.8"))
                .putFields("flash", Value.newBuilder().setBoolValue(false).build())
                .build();
        ListValue tags = ListValue.newBuilder()
                .addValues(text("it's \"quoted\""))
                .addValues(number(0))
                .addValues(Value.newBuilder().setNullValue(NullValue.NULL_VALUE))
                .build();
        return Struct.newBuilder()
                .putFields("filename", text("Übung " + number + ".jpg"))
                .putFields("split", text(random.nextInt(5) == 0 ? "test" : "train"))
                .putFields("score", number(random.nextInt(-1000, 1000) / 16.0))
                .putFields("camera", Value.newBuilder().setStructValue(camera).build())
                .putFields("tags", Value.newBuilder().setListValue(tags).build())
                .build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }

    /** Some lie on the equator, on the meridian of Greenwich, or on both. */
    private static Geo geo(SplittableRandom random) {
        float longitude = random.nextInt(5) == 0 ? 0 : (float) random.nextDouble(-180, 180);
        float latitude = random.nextInt(5) == 0 ? 0 : (float) random.nextDouble(-90, 90);
        return Geo.newBuilder()
                .setGeoPoint(GeoPoint.newBuilder().setLongitude(longitude).setLatitude(latitude))
                .build();
    }
}
