package example;

import org.apache.camel.main.Main;

/** Runs the routes of {@code camel/}. */
public final class Photos {

    private Photos() {}

    public static void main(String[] args) throws Exception {
        new Main(Photos.class).run(args);
    }
}
