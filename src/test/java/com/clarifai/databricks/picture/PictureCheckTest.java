package com.clarifai.databricks.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;

/** Pictures as cameras and phones make them: what is sent, and what is refused before the upload. */
class PictureCheckTest {

    @Example
    void pictures_of_every_format_are_sent() {
        for (String format : new String[] {"jpeg", "png", "gif", "bmp", "tiff"}) {
            assertThat(refusal(picture(format, BufferedImage.TYPE_INT_RGB)))
                    .as(format)
                    .isNull();
        }
        assertThat(refusal(webp("VP8X", 4000, 3000))).isNull();
    }

    @Example
    void sixteen_bits_cmyk_orientation_and_what_is_behind_the_end_do_no_harm() {
        byte[] jpeg = picture("jpeg", BufferedImage.TYPE_INT_RGB);

        assertThat(refusal(picture("png", BufferedImage.TYPE_USHORT_GRAY))).isNull();
        assertThat(refusal(jpegOf(4, 600, 400, true))).as("CMYK").isNull();
        assertThat(refusal(withExif(jpeg))).as("EXIF with a thumbnail").isNull();
        assertThat(refusal(Arrays.copyOf(jpeg, jpeg.length + 5000)))
                .as("padded")
                .isNull();
        assertThat(refusal(join(jpeg, text("....ftypmp42"))))
                .as("with its video behind")
                .isNull();
    }

    @Example
    void a_picture_that_was_cut_off_is_refused() {
        byte[] jpeg = picture("jpeg", BufferedImage.TYPE_INT_RGB);
        byte[] png = picture("png", BufferedImage.TYPE_INT_RGB);

        assertThat(refusal(Arrays.copyOf(jpeg, jpeg.length - 2))).contains("cut off", "JPEG");
        assertThat(refusal(Arrays.copyOf(jpeg, 30))).contains("cut off", "JPEG");
        assertThat(refusal(Arrays.copyOf(withExif(jpeg), withExif(jpeg).length / 2 + 100)))
                .contains("cut off");
        assertThat(refusal(Arrays.copyOf(png, png.length / 2))).contains("cut off", "PNG");
        assertThat(refusal(Arrays.copyOf(webp("VP8X", 40, 30), 32))).contains("cut off", "WEBP");
        assertThat(refusal(new byte[0])).contains("empty");
    }

    @Example
    void a_gif_bmp_or_tiff_that_was_cut_off_is_refused_wherever_it_was_cut() {
        for (String format : new String[] {"gif", "bmp", "tiff"}) {
            byte[] whole = picture(format, BufferedImage.TYPE_INT_RGB);
            for (int length : new int[] {whole.length / 5, whole.length / 2, whole.length - 9}) {
                assertThat(refusal(Arrays.copyOf(whole, length)))
                        .as(format + " of " + length + " bytes of " + whole.length)
                        .contains("cut off", format.toUpperCase(Locale.ROOT));
            }
            assertThat(refusal(Arrays.copyOf(whole, whole.length + 700)))
                    .as("padded")
                    .isNull();
        }
    }

    @Example
    void an_animation_is_whole_with_all_its_frames() {
        byte[] animation = animation();

        assertThat(refusal(animation)).isNull();
        assertThat(refusal(Arrays.copyOf(animation, animation.length - 1)))
                .as("without the trailer, as some programs write it")
                .isNull();
        assertThat(refusal(Arrays.copyOf(animation, animation.length - 5))).contains("cut off", "GIF");
    }

    @Example
    void a_tiff_of_either_byte_order_and_a_big_tiff_are_looked_through() {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            for (boolean big : new boolean[] {false, true}) {
                byte[] tiff = tiff(order, big, 200);
                assertThat(refusal(tiff)).as(order + ", big: " + big).isNull();
                assertThat(refusal(Arrays.copyOf(tiff, tiff.length - 1))).contains("cut off", "TIFF");
            }
        }
        assertThat(refusal(bmpOf(32, 60, -40))).as("the upper row first").isNull();
        assertThat(refusal(Arrays.copyOf(bmpOf(32, 60, -40), 2_000))).contains("cut off", "BMP");
    }

    @Example
    void more_megapixels_than_clarifai_takes_are_refused_by_the_header() {
        assertThat(refusal(pngOf(10_000, 8_501))).isEqualTo("The image has 85.0 megapixels, Clarifai takes at most 85");
        assertThat(refusal(pngOf(10_000, 8_500))).isNull();
        assertThat(refusal(pngOf(Integer.MAX_VALUE, Integer.MAX_VALUE))).contains("megapixels");
        assertThat(refusal(jpegOf(3, 65_500, 65_500, true))).contains("4290.3 megapixels");
        assertThat(refusal(webp("VP8X", 16_000, 16_000))).contains("256.0 megapixels");
        assertThat(refusal(gifOf(65_000, 65_000))).contains("4225.0 megapixels");
    }

    @Example
    void what_lies_about_its_extension_is_called_what_it_is() {
        assertThat(refusal(join(new byte[] {0, 0, 0, 24}, text("ftypheic...."))))
                .isEqualTo(
                        "The file is a HEIC picture, as phones make them; Clarifai takes JPEG, PNG, GIF, BMP, TIFF and WebP");
        assertThat(refusal(join(new byte[] {0, 0, 0, 24}, text("ftypavif...."))))
                .contains("an AVIF picture");
        assertThat(refusal(join(new byte[] {0, 0, 0, 24}, text("ftypisom...."))))
                .contains("a video");
        assertThat(refusal(text("<?xml version=\"1.0\"?>\n<!-- x -->\n<svg xmlns=\"…\"/>")))
                .contains("an SVG drawing");
        assertThat(refusal(text("  <!DOCTYPE html><html>"))).contains("a web page");
        assertThat(refusal(text("%PDF-1.7"))).contains("a PDF document");
        assertThat(refusal(text("{\"error\": \"not found\"}"))).contains("is text");
        assertThat(refusal(text("version https://git-lfs.github.com/spec/v1"))).contains("Git LFS");
        assertThat(refusal(HexFormat.of().parseHex("0005160700020000"))).contains("macOS");
        assertThat(refusal(new byte[] {1, 2, 3})).contains("not a picture of a known format");
    }

    @Example
    void a_page_of_nothing_but_comments_takes_no_time() {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThat(refusal(text("<?xml?>" + "<!---->".repeat(200))))
                        .isNotNull());
    }

    @Property
    void no_bytes_make_it_fail(@ForAll("damaged") byte[] file) {
        assertThat(PictureCheck.refusal(ByteString.copyFrom(file))).isNotNull();
    }

    @Provide
    Arbitrary<byte[]> damaged() {
        Arbitrary<byte[]> whole = Arbitraries.of("jpeg", "png", "gif", "bmp", "tiff", "webp")
                .map(format ->
                        format.equals("webp") ? webp("VP8L", 7, 7) : picture(format, BufferedImage.TYPE_INT_RGB));
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
        return Combinators.combine(
                        whole,
                        noise,
                        Arbitraries.integers().between(0, 400),
                        Arbitraries.doubles().between(0, 1))
                .as((file, change, place, length) -> {
                    byte[] changed = Arrays.copyOf(file, (int) (file.length * length) + 1);
                    for (int i = 0; i < change.length && place + i < changed.length; i++) {
                        changed[place + i] = change[i];
                    }
                    return changed;
                });
    }

    private static String refusal(byte[] file) {
        return PictureCheck.refusal(ByteString.copyFrom(file)).orElse(null);
    }

    private static byte[] picture(String format, int type) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            assertThat(ImageIO.write(new BufferedImage(60, 40, type), format, file))
                    .isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    /** With an EXIF segment that says "rotated" and has a thumbnail, which has a beginning and an end of its own. */
    private static byte[] withExif(byte[] jpeg) {
        byte[] content = join(text("Exif\0\0MM\0*"), jpeg);
        ByteBuffer segment = ByteBuffer.allocate(content.length + 4)
                .putShort((short) 0xFFE1)
                .putShort((short) (content.length + 2))
                .put(content);
        return join(Arrays.copyOf(jpeg, 2), segment.array(), Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    private static byte[] jpegOf(int components, int width, int height, boolean end) {
        ByteBuffer jpeg = ByteBuffer.allocate(200).putShort((short) 0xFFD8).putShort((short) 0xFFC0);
        jpeg.putShort((short) (8 + 3 * components))
                .put((byte) 8)
                .putShort((short) height)
                .putShort((short) width);
        jpeg.put((byte) components);
        for (int i = 1; i <= components; i++) {
            jpeg.put((byte) i).put((byte) 0x11).put((byte) 0);
        }
        jpeg.putShort((short) 0xFFDA).putShort((short) (6 + 2 * components)).put((byte) components);
        for (int i = 1; i <= components; i++) {
            jpeg.put((byte) i).put((byte) 0);
        }
        jpeg.put(new byte[] {0, 63, 0, 42});
        if (end) {
            jpeg.putShort((short) 0xFFD9);
        }
        return Arrays.copyOf(jpeg.array(), jpeg.position());
    }

    private static byte[] pngOf(int width, int height) {
        byte[] png = picture("png", BufferedImage.TYPE_INT_RGB);
        ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        return png;
    }

    private static byte[] gifOf(int width, int height) {
        byte[] gif = picture("gif", BufferedImage.TYPE_BYTE_GRAY);
        ByteBuffer bytes = ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(6, (short) width).putShort(8, (short) height);
        int frame = new String(gif, StandardCharsets.ISO_8859_1).indexOf(",\0\0\0\0");
        bytes.putShort(frame + 5, (short) width).putShort(frame + 7, (short) height);
        return gif;
    }

    /** Two frames, as browsers play them. */
    private static byte[] animation() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < 2; i++) {
                writer.writeToSequence(
                        new IIOImage(new BufferedImage(60, 40, BufferedImage.TYPE_BYTE_GRAY), null, null), null);
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    /** Two strips of pixels, behind the directory that names them. */
    private static byte[] tiff(ByteOrder order, boolean big, int pixels) {
        ByteBuffer tiff = ByteBuffer.allocate(400 + pixels).order(order);
        tiff.put(text(order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM")).putShort((short) (big ? 43 : 42));
        int directory = big ? 16 : 8;
        int values = directory + (big ? 8 + 2 * 20 + 8 : 2 + 2 * 12 + 4);
        int strips = values + 16;
        if (big) {
            tiff.putShort((short) 8).putShort((short) 0).putLong(directory).putLong(2);
            tiff.putShort((short) 273)
                    .putShort((short) 4)
                    .putLong(2)
                    .putInt(strips)
                    .putInt(strips + pixels / 2);
            tiff.putShort((short) 279)
                    .putShort((short) 4)
                    .putLong(2)
                    .putInt(pixels / 2)
                    .putInt(pixels / 2);
            tiff.putLong(0);
        } else {
            tiff.putInt(directory).putShort((short) 2);
            tiff.putShort((short) 273).putShort((short) 4).putInt(2).putInt(values);
            tiff.putShort((short) 279).putShort((short) 4).putInt(2).putInt(values + 8);
            tiff.putInt(0);
            tiff.putInt(strips).putInt(strips + pixels / 2).putInt(pixels / 2).putInt(pixels / 2);
        }
        return Arrays.copyOf(tiff.array(), strips + pixels);
    }

    private static byte[] bmpOf(int bits, int width, int height) {
        ByteBuffer bmp =
                ByteBuffer.allocate(54 + bits / 8 * width * Math.abs(height)).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put(text("BM")).putInt(10, 54).putInt(14, 40).putInt(18, width).putInt(22, height);
        bmp.putShort(26, (short) 1).putShort(28, (short) bits);
        return bmp.array();
    }

    private static byte[] webp(String chunk, int width, int height) {
        ByteBuffer webp = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
        webp.put(text("RIFF"))
                .putInt(52)
                .put(text("WEBP"))
                .put(text(chunk))
                .putInt(10)
                .putInt(0);
        webp.putShort((short) (width - 1)).put((byte) (width - 1 >> 16));
        webp.putShort((short) (height - 1)).put((byte) (height - 1 >> 16));
        return webp.array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(joined::writeBytes);
        return joined.toByteArray();
    }
}
