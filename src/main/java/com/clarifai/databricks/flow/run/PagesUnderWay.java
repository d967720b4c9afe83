package com.clarifai.databricks.flow.run;

import java.util.Iterator;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/**
 * The pages of a run of which several are under way at the same time, and what they do one after the other: they are claimed and
 * sent in their order, and change a table one at a time, since Delta refuses one of two statements that change it at once.
 *
 * <p>When one fails, none is sent or begun any more; what has been sent is awaited and tracked all the same. The routes call
 * it by name.
 */
public final class PagesUnderWay {

    /** Variable of a page: its number, from 0. */
    public static final String PAGE = "page";

    /**
     * The body is an {@link Iterator} of pages, of which {@code most} may be under way. Behind the last one, and behind a
     * failure, which {@link #ended} tells, an empty one comes.
     */
    public Iterator<List<?>> of(@Variable(Run.VARIABLE) Run run, @Body Iterator<List<?>> pages, int most) {
        return run.beginPages().limited(pages, most);
    }

    public void failed(Exchange page, @Variable(Run.VARIABLE) Run run) {
        run.turns().fail(page.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }

    /** A page has come to its end, well or not. */
    public void end(@Variable(Run.VARIABLE) Run run) {
        run.turns().end();
    }

    /** All of them have ended: fails as the first that failed. */
    public void ended(@Variable(Run.VARIABLE) Run run) {
        run.turns().refuseWhenFailed();
    }

    /** Waits until the pages before are claimed. */
    public void takeClaiming(@Variable(Run.VARIABLE) Run run, @Variable(PAGE) int page) {
        run.turns().takeClaiming(page);
    }

    /** What of this page is about to be sent is written down, or there is nothing. */
    public void claimed(@Variable(Run.VARIABLE) Run run, @Variable(PAGE) int page) {
        run.turns().claimed(page);
    }

    /** Waits until that is so: nothing is posted that a later run would not know for ours. */
    public void awaitClaimed(@Variable(Run.VARIABLE) Run run, @Variable(PAGE) int page) {
        run.turns().awaitClaimed(page);
    }

    /** Waits for the turn to change a table; it has to be given back. */
    public void takeTable(@Variable(Run.VARIABLE) Run run) {
        run.turns().takeTable();
    }

    public void giveTable(@Variable(Run.VARIABLE) Run run) {
        run.turns().giveTable();
    }
}
