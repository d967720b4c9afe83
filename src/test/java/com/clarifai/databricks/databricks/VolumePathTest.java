package com.clarifai.databricks.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class VolumePathTest {

    private static final VolumePath VOLUME = VolumePath.of("main", "default", "images");

    @Example
    void namesItsParts() {
        VolumePath path = VolumePath.parse("/Volumes/main/default/images/2026/Cat.JPG");

        assertThat(path.catalog()).isEqualTo("main");
        assertThat(path.schema()).isEqualTo("default");
        assertThat(path.volume()).isEqualTo("images");
        assertThat(path.name()).isEqualTo("Cat.JPG");
        assertThat(path).hasToString("/Volumes/main/default/images/2026/Cat.JPG");
    }

    @Example
    void takesTheSpellingsOfOnePlaceAsEqual() {
        assertThat(List.of(
                        "/Volumes/main/default/images/",
                        "dbfs:/Volumes/main/default/images",
                        "/Volumes/Main/DEFAULT/images"))
                .allSatisfy(spelling -> assertThat(VolumePath.parse(spelling)).isEqualTo(VOLUME));
    }

    @Example
    void encodesWhatAUrlWouldMisread() {
        assertThat(VOLUME.resolve("a b#c%d'e+f?g;é/x&y=z.jpg").encoded())
                .isEqualTo("/Volumes/main/default/images/a%20b%23c%25d%27e%2Bf%3Fg%3B%C3%A9/x%26y%3Dz.jpg");
    }

    @Example
    void refusesWhatIsInNoVolume() {
        assertThat(List.of(
                        "",
                        "images/cat.jpg",
                        "/tmp/cat.jpg",
                        "s3://b/k",
                        "/Volumes",
                        "/Volumes/main/default",
                        "/volumes/a/b/c"))
                .allSatisfy(text -> assertThatIllegalArgumentException().isThrownBy(() -> VolumePath.parse(text)));
    }

    @Example
    void refusesToBeBuiltFromNamesThatAreSeveral() {
        assertThatIllegalArgumentException().isThrownBy(() -> VolumePath.of("main", "default/other", "images"));
        assertThatIllegalArgumentException().isThrownBy(() -> VolumePath.of("main", "..", "images"));
    }

    @Property
    void anyFileNameSurvivesItsUrl(@ForAll("names") String name) {
        VolumePath path = VOLUME.resolve(name);

        URI url = URI.create("https://host" + path.encoded());

        assertThat(url.getRawQuery()).isNull();
        assertThat(url.getRawFragment()).isNull();
        assertThat(URLDecoder.decode(url.getRawPath(), StandardCharsets.UTF_8)).isEqualTo(path.toString());
        assertThat(url.getPath()).isEqualTo(path.toString());
        assertThat(VolumePath.parse(path.toString())).isEqualTo(path);
    }

    @Property
    void noNameLeavesItsVolume(
            @ForAll @Size(max = 4) List<@From("names") String> before,
            @ForAll("traversals") String traversal,
            @ForAll @Size(max = 4) List<@From("names") String> after) {
        List<String> names = new ArrayList<>(before);
        names.add(traversal);
        names.addAll(after);
        names.add("end");
        String child = String.join("/", names);

        assertThatIllegalArgumentException().isThrownBy(() -> VOLUME.resolve(child));
        assertThatIllegalArgumentException().isThrownBy(() -> VolumePath.parse(VOLUME + "/" + child));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars("#%' é+?;&=~.\\:@!$*()[]{}|^`\"<>日本🎉aZ09")
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(name -> !name.equals(".") && !name.equals(".."))
                .filter(name -> StandardCharsets.UTF_8.newEncoder().canEncode(name));
    }

    @Provide
    Arbitrary<String> traversals() {
        return Arbitraries.oneOf(
                Arbitraries.of("", ".", ".."),
                Arbitraries.chars()
                        .range('\0', '\u001f')
                        .range('\u007f', '\u009f')
                        .map(c -> "a" + c + "b"),
                Arbitraries.chars().range('\ud800', '\udfff').map(c -> "a" + c));
    }
}
