package com.clarifai.databricks.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a file that is no {@link ImageFormat} may be instead, told by its first bytes, so that people know what they have. */
public enum ForeignFormat {
    AVIF("an AVIF picture", "....ftypavi[fs]"),
    HEIC("a HEIC picture, as phones make them", "....ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1)"),
    JPEG_XL("a JPEG XL picture", "\\xFF\\x0A|\\x00\\x00\\x00\\x0CJXL "),
    JPEG_2000("a JPEG 2000 picture", "\\x00\\x00\\x00\\x0CjP  |\\xFF\\x4F\\xFF\\x51"),
    VIDEO("a video", "....ftyp|\\x1A\\x45\\xDF\\xA3|RIFF....AVI "),
    PHOTOSHOP("a Photoshop file", "8BPS"),
    ICON("an icon", "\\x00\\x00[\\x01\\x02]\\x00"),
    MAC_FORK("what macOS keeps beside a file", "\\x00\\x05\\x16\\x07"),
    PDF("a PDF document", "%PDF-"),
    ARCHIVE("an archive or an Office document", "PK\\x03\\x04|\\x1F\\x8B|7z\\xBC\\xAF|Rar!"),
    GIT_LFS("a pointer of Git LFS and not the file itself", "version https://git-lfs"),
    SVG("an SVG drawing", "(\\xEF\\xBB\\xBF)?\\s*+<([?!].*?<)?svg[\\s>]"),
    HTML("a web page", "(?i)(\\xEF\\xBB\\xBF)?\\s*+(<!doctype html|<html)"),
    TEXT("text", "[\\t\\r\\n\\x20-\\x7E]{16}");

    private static final int HEAD_BYTES = 1024;

    private final String name;
    private final Pattern signature;

    ForeignFormat(String name, String signature) {
        this.name = name;
        this.signature = Pattern.compile(signature, Pattern.DOTALL);
    }

    /** Of a file that begins with these bytes; empty when it is none that is known. */
    public static Optional<ForeignFormat> of(byte[] file) {
        String head = new String(file, 0, Math.min(file.length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
        return Arrays.stream(values())
                .filter(format -> format.signature.matcher(head).lookingAt())
                .findFirst();
    }

    /** As it stands behind "the file is". */
    public String inWords() {
        return name;
    }
}
