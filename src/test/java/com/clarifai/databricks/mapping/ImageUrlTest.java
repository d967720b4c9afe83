package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.clarifai.databricks.model.InputIds;
import java.net.URI;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The column {@code input}: one rule for each kind of address. */
class ImageUrlTest {

    private static final String SIGNED =
            "https://b.s3.eu-central-1.amazonaws.com/a%20b/1.jpg?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                    + "&X-Amz-Credential=AKIA%2F20240501%2Feu-central-1%2Fs3%2Faws4_request&X-Amz-Date=20240501T000000Z"
                    + "&X-Amz-Signature=0a1B2c%3d%3D&response-content-type=image/jpeg;q=1&x=a+b~*'()[]";

    @Example
    void a_url_is_sent_as_it_is() {
        for (String url : List.of(
                SIGNED,
                "https://acc.blob.core.windows.net/c/1.jpg?sv=2022&sig=a%2Bb%2F%3D&se=2030-01-01T00%3A00%3A00Z",
                "http://images.example",
                "https://images.example:8443/a;v=1/%C3%BC.jpg#top",
                "http://[2001:db8::1]:8080/1.jpg",
                "https://my_bucket.s3.amazonaws.com/1.jpg",
                "https://web.archive.org/web/2020/http://images.example/1.jpg",
                "https://images.example/a//b/../1.jpg?")) {
            assertThat(ImageUrl.parse(url)).as(url).isEqualTo(new ImageUrl(url, url));
        }
    }

    @Example
    void what_no_url_may_hold_is_encoded() {
        assertSent("https://images.example/my photo.jpg", "https://images.example/my%20photo.jpg");
        assertSent(
                "https://images.example/k\u00e4tzchen/\ud83d\ude00.jpg?q=\u00e4",
                "https://images.example/k%C3%A4tzchen/%F0%9F%98%80.jpg?q=%C3%A4");
        assertSent("https://images.example/100%.jpg", "https://images.example/100%25.jpg");
        assertSent(
                "https://images.example/[1]{2}|3\\4^`\".jpg?a=[1]",
                "https://images.example/%5B1%5D%7B2%7D%7C3%5C4%5E%60%22.jpg?a=[1]");
        assertSent("https://images.example/a#b#c d", "https://images.example/a#b%23c%20d");
        assertSent("https://b\u00fccher.example:8080/1.jpg", "https://xn--bcher-kva.example:8080/1.jpg");
        assertSent("HTTPS://Images.Example/A.JPG", "https://Images.Example/A.JPG");
    }

    @Example
    void what_surrounds_it_is_taken_off() {
        for (String url : List.of(
                "  https://x.example/1.jpg\t",
                "\u00a0https://x.example/1.jpg\ufeff",
                "\"https://x.example/1.jpg\"",
                "'https://x.example/1.jpg'",
                "<https://x.example/1.jpg>",
                "\" https://x.example/1.jpg \"")) {
            assertThat(ImageUrl.parse(url).given()).as(url).isEqualTo("https://x.example/1.jpg");
        }
    }

    @Example
    void what_clarifai_cannot_download_is_refused_with_what_to_do() {
        assertRefused("s3://bucket/1.jpg", "presigned");
        assertRefused("gs://bucket/1.jpg", "presigned");
        assertRefused("abfss://c@a.dfs.core.windows.net/1.jpg", "presigned");
        assertRefused("dbfs:/Volumes/c/s/v/1.jpg", "import volume");
        assertRefused("/Volumes/c/s/v/1.jpg", "import volume");
        assertRefused("/dbfs/FileStore/1.jpg", "import volume");
        assertRefused("file:///data/1.jpg", "import volume");
        assertRefused("data:image/png;base64,iVBORw0KGgo=", "volume");
        assertRefused("ftp://x.example/1.jpg", "not an http:// or https:// URL");
        assertRefused("images.example/1.jpg", "not an http:// or https:// URL");
        assertRefused("//images.example/1.jpg", "not an http:// or https:// URL");
        assertRefused("C:\\pictures\\1.jpg", "not an http:// or https:// URL");
        assertRefused("https:/images.example/1.jpg", "not an http:// or https:// URL");
        assertRefused("[\"https://images.example/1.jpg\"]", "not an http:// or https:// URL");
    }

    @Example
    void an_address_that_cannot_be_is_refused() {
        assertRefused("https:///1.jpg", "a URL without a host");
        assertRefused("https://:80/1.jpg", "a URL without a host");
        assertRefused("https://?x", "a URL without a host");
        assertRefused("http://two words/1.jpg", "impossible host");
        assertRefused("http://[::1/1.jpg", "impossible host");
        assertRefused("http://2001:db8::1/1.jpg", "impossible host");
        assertRefused("http://x.example:99999/1.jpg", "impossible port");
        assertRefused("http://x.example:http/1.jpg", "impossible host");
        assertRefused("https://x.example/1.jpg, https://x.example/2.jpg", "more than one URL");
        assertRefused("https://x.example/1.jpg|https://x.example/2.jpg", "more than one URL");
        assertRefused("https://x.example/a\nb.jpg", "a line break");
        assertRefused("https://x.example/a\u200bb.jpg", "an invisible character in the image URL: U+200B");
        assertRefused("https://x.example/\ud83d.jpg", "half of a surrogate pair");
        assertRefused("\"\"", "no image URL");
        assertRefused("http://x.example\\1.jpg", "a backslash behind the host");
        assertRefused("http://[::1]\\1.jpg", "a backslash behind the host");
        assertRefused("http://[1::2::3]/1.jpg", "no URI (Expected hex digits or IPv4 address)");
    }

    @Example
    void names_and_passwords_are_refused_and_shown_nowhere() {
        ImportRowMapper mapper = new ImportRowMapper(
                ImportColumns.of(List.of("inputid", "input"), null), ConceptIds.LABEL, (change, source) -> {});

        Map<String, Object> row = mapper.map(
                Map.of("inputid", "1", "input", "https://me:s3cret@x.example/1.jpg"),
                "main.a.b#input=https://me:s3cret@x.example/1.jpg");

        assertThat(row).containsEntry("status", "REJECTED");
        assertThat((String) row.get("status_message")).contains("a user name or password", "***@x.example");
        assertThat(row.toString()).doesNotContain("s3cret");
        assertThat(ImageUrl.parse("https://x.example/@me/1.jpg").sent()).isEqualTo("https://x.example/@me/1.jpg");
    }

    @Example
    void a_row_without_an_id_keeps_the_one_it_always_had() {
        ImportRowMapper mapper = new ImportRowMapper(
                ImportColumns.of(List.of("inputid", "input"), null), ConceptIds.LABEL, (change, source) -> {});

        assertThat(mapper.map(Map.of("input", "https://images.example/my photo.jpg"), "s"))
                .containsEntry("input_id", InputIds.uniqueId("my photo.jpg", "https://images.example/my photo.jpg"));
    }

    @Property
    void any_text_is_a_uri_or_refused(@ForAll("addresses") String text) {
        try {
            ImageUrl url = ImageUrl.parse(text);
            assertThat(URI.create(url.sent()).getRawAuthority()).isNotEmpty();
            assertThat(ImageUrl.parse(url.sent()).sent()).as("encoded once").isEqualTo(url.sent());
        } catch (RefusedValueException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<String> pieces = Arbitraries.of(
                "http://",
                "https://",
                "HTTP:",
                "/",
                "?",
                "#",
                "[",
                "]",
                "::1",
                ":80",
                "@",
                "%",
                "%2",
                "%2F",
                " ",
                "\u00fc",
                "\ud83d\ude00",
                "\ud83d",
                "\\",
                "<",
                ">",
                "\"",
                "x.example",
                "a",
                ".",
                "xn--",
                "-",
                "\u3002",
                "\u0130");
        return Arbitraries.oneOf(
                pieces.list().ofMaxSize(12).map(list -> String.join("", list)),
                pieces.list().ofMaxSize(12).map(list -> "http://" + String.join("", list)),
                Arbitraries.strings().ofMaxLength(60).map(text -> "https://x.example/" + text));
    }

    private static void assertSent(String given, String sent) {
        assertThat(ImageUrl.parse(given)).isEqualTo(new ImageUrl(given, sent));
    }

    private static void assertRefused(String text, String reason) {
        assertThatExceptionOfType(RefusedValueException.class)
                .as(text)
                .isThrownBy(() -> ImageUrl.parse(text))
                .withMessageContaining(reason);
    }
}
