package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.DEMO;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.concept;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.sandbox.Traffic;
import com.clarifai.databricks.sandbox.images.ImageHost;
import com.clarifai.databricks.sandbox.images.NumberedSound;
import com.clarifai.databricks.sandbox.images.NumberedVideo;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Audio;
import com.clarifai.grpc.api.BoundingBox;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Frame;
import com.clarifai.grpc.api.FrameInfo;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListAnnotationsRequest;
import com.clarifai.grpc.api.MultiAnnotationResponse;
import com.clarifai.grpc.api.PostAnnotationsRequest;
import com.clarifai.grpc.api.Region;
import com.clarifai.grpc.api.RegionInfo;
import com.clarifai.grpc.api.TimeInfo;
import com.clarifai.grpc.api.TimeSegment;
import com.clarifai.grpc.api.Video;
import com.clarifai.grpc.api.VideoInfo;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VideoAndAudioTest extends ClarifaiTest {

    private ImageHost web;

    @BeforeEach
    void startWeb() {
        web = ImageHost.start(0, Duration.ZERO, new Traffic());
    }

    @AfterEach
    void stopWeb() {
        web.close();
    }

    @Test
    void aVideoIsMeasuredAndItsBytesAreHosted() throws Exception {
        byte[] bytes = new NumberedVideo(7).bytes();
        client.post(video("clip", Video.newBuilder().setBase64(ByteString.copyFrom(bytes))));

        Input done = client.awaitFinal("clip");
        assertThat(done.getStatus().getCode()).isEqualTo(StatusCode.INPUT_DOWNLOAD_SUCCESS);
        VideoInfo info = done.getData().getVideo().getVideoInfo();
        assertThat(List.of(info.getWidth(), info.getHeight(), info.getFrameCount()))
                .containsExactly(NumberedVideo.SIDE, NumberedVideo.SIDE, NumberedVideo.FRAMES);
        assertThat(info.getFps()).isEqualTo(NumberedVideo.FRAMES_A_SECOND);
        assertThat(info.getDurationSeconds()).isEqualTo(2f);
        assertThat(done.getData().getVideo().getBase64()).isEqualTo(ByteString.EMPTY);
        assertThat(download(done.getData().getVideo().getUrl())).isEqualTo(bytes);
        assertThat(done.getData().getVideo().getHosted().getSizesList()).containsExactly("orig");
    }

    @Test
    void videosAndSoundsAreFetchedByTheirUrls() throws Exception {
        client.post(video("clip", Video.newBuilder().setUrl(web.url() + "/videos/7.mp4")));
        client.post(audio("tone", Audio.newBuilder().setUrl(web.url() + "/sounds/7.wav")));
        client.post(video("page", Video.newBuilder().setUrl(web.url() + "/text/7.mp4")));
        client.post(audio("silence", Audio.newBuilder().setUrl(web.url() + "/generated/7.jpg")));

        assertThat(client.awaitFinal("clip").getData().getVideo().getVideoInfo().getFrameCount())
                .isEqualTo(NumberedVideo.FRAMES);
        Audio tone = client.awaitFinal("tone").getData().getAudio();
        assertThat(tone.getAudioInfo().getSampleRate()).isEqualTo(NumberedSound.SAMPLE_RATE);
        assertThat(tone.getAudioInfo().getDurationSeconds()).isEqualTo(0.5f);
        assertThat(download(tone.getHosted().getPrefix() + "/orig/"
                        + tone.getHosted().getSuffix()))
                .isEqualTo(new NumberedSound(7).bytes());
        assertThat(client.awaitFinal("page").getStatus().getCode()).isEqualTo(StatusCode.INPUT_UNSUPPORTED_FORMAT);
        assertThat(client.awaitFinal("silence").getStatus().getCode()).isEqualTo(StatusCode.INPUT_UNSUPPORTED_FORMAT);
    }

    @Test
    void aVideoThatIsCutOffFailsAndTwoInOneRequestAreRefused() throws IOException {
        byte[] bytes = new NumberedVideo(7).bytes();
        byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
        client.post(video("half", Video.newBuilder().setBase64(ByteString.copyFrom(half))));

        assertThat(client.awaitFinal("half").getStatus().getCode()).isEqualTo(StatusCode.INPUT_DOWNLOAD_FAILED);
        Video.Builder whole = Video.newBuilder().setBase64(ByteString.copyFrom(bytes));
        assertThat(client.post(video("one", whole), video("two", whole))
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.CONN_INVALID_REQUEST);
    }

    /** What is read of one video can be posted to another and read again as it was. */
    @Test
    void framesAndTimeSegmentsMakeTheRoundTrip() {
        client.post(video("first", Video.newBuilder().setUrl(web.url() + "/videos/1.mp4")));
        client.post(video("second", Video.newBuilder().setUrl(web.url() + "/videos/2.mp4")));
        client.awaitFinal("first");
        client.awaitFinal("second");
        Data posted = Data.newBuilder()
                .addFrames(frame(0, 0, "start"))
                .addFrames(frame(5, 500, "bird"))
                .addTimeSegments(TimeSegment.newBuilder()
                        .setTimeInfo(TimeInfo.newBuilder()
                                .setNumFrames(10)
                                .setBeginTime(0.5f)
                                .setEndTime(1.5f))
                        .setData(Data.newBuilder().addConcepts(concept("flight", 1))))
                .build();

        Data read = annotate("first", posted);

        assertThat(read.getFramesList())
                .extracting(frame -> frame.getFrameInfo().getTime())
                .containsExactly(0, 500);
        assertThat(read.getFrames(1)
                        .getData()
                        .getRegions(0)
                        .getData()
                        .getConcepts(0)
                        .getId())
                .isEqualTo("bird");
        assertThat(annotate("second", read)).isEqualTo(read);
    }

    /** The data of the annotation as it is listed afterwards. */
    private Data annotate(String input, Data data) {
        MultiAnnotationResponse posted = client.api()
                .postAnnotations(PostAnnotationsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .addAnnotations(
                                Annotation.newBuilder().setInputId(input).setData(data))
                        .build());
        assertThat(posted.getStatus().getCode()).isEqualTo(StatusCode.SUCCESS);
        return client
                .api()
                .listAnnotations(ListAnnotationsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .addInputIds(input)
                        .build())
                .getAnnotationsList()
                .stream()
                .filter(annotation -> !annotation.getInputLevel())
                .findFirst()
                .orElseThrow()
                .getData();
    }

    private static Frame frame(int index, int time, String concept) {
        return Frame.newBuilder()
                .setFrameInfo(FrameInfo.newBuilder().setIndex(index).setTime(time))
                .setData(Data.newBuilder()
                        .addRegions(Region.newBuilder()
                                .setRegionInfo(RegionInfo.newBuilder()
                                        .setBoundingBox(BoundingBox.newBuilder()
                                                .setBottomRow(0.5f)
                                                .setRightCol(0.25f)))
                                .setData(Data.newBuilder().addConcepts(concept(concept, 1)))))
                .build();
    }

    private static Input video(String id, Video.Builder video) {
        return Input.newBuilder()
                .setId(id)
                .setData(Data.newBuilder().setVideo(video))
                .build();
    }

    private static Input audio(String id, Audio.Builder audio) {
        return Input.newBuilder()
                .setId(id)
                .setData(Data.newBuilder().setAudio(audio))
                .build();
    }

    private byte[] download(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Key " + options().pat())
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }
}
