/** What the server refused, or could not do. */
export class ApiError extends Error {
  constructor(status, answer) {
    super(answer.message || `The service answered ${status}`);
    this.status = status;
    this.fields = answer.fields || {};
    this.answer = answer;
  }
}

/** Nobody answered: the service restarts, has ended, or the network is down. */
export class Unreachable extends Error {
  constructor() {
    super("The service does not answer. It may be restarting; is it still running?");
  }
}

/** Fired on the document: whether the service answers, and that somebody has to sign in. */
export const events = { reachable: "service-reachable", unreachable: "service-unreachable", signedOut: "signed-out" };

const RETRY_MILLIS = [300, 700, 1500, 3000, 5000, 5000, 5000, 5000];

/**
 * Reads something. A service that is restarting is waited for, as reading twice does no harm.
 *
 * @param signal ends the waiting, too
 */
export async function get(path, parameters = {}, signal = undefined) {
  const query = new URLSearchParams(
    Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== ""),
  ).toString();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await answer(await fetch(query ? `${path}?${query}` : path, { signal }));
    } catch (error) {
      const restarting = error instanceof TypeError || error.status === 503;
      if (!restarting || attempt >= RETRY_MILLIS.length) {
        throw restarting ? new Unreachable() : error;
      }
      announce(events.unreachable);
      await pause(RETRY_MILLIS[attempt], signal);
    }
  }
}

/** Changes or starts something: tried once, as nobody knows whether a lost request was carried out. */
export async function send(method, path, body = {}) {
  try {
    return await answer(
      await fetch(path, {
        method,
        headers: { "Content-Type": "application/json", "X-Requested-With": "databricks-connect" },
        body: JSON.stringify(body),
      }),
    );
  } catch (error) {
    if (error instanceof TypeError) {
      announce(events.unreachable);
      throw new Unreachable();
    }
    throw error;
  }
}

/** Waits; rejects as fetch does when the signal comes. */
export function pause(millis, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, millis);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/**
 * Does something again and again until it says true or the view is left. A window that nobody sees does it less often.
 */
export async function repeat(millis, signal, task) {
  try {
    while (!(await task())) {
      await pause(document.hidden ? millis * 5 : millis, signal);
    }
  } catch (error) {
    if (!isAborted(error)) {
      throw error;
    }
  }
}

/** Whether an error only says that a view has been left. */
export function isAborted(error) {
  return error?.name === "AbortError";
}

async function answer(response) {
  if (response.status !== 503) {
    announce(events.reachable);
  }
  const text = await response.text();
  const body = parse(text);
  if (!response.ok) {
    if (response.status === 401) {
      announce(events.signedOut);
    }
    throw new ApiError(response.status, body || {});
  }
  return body;
}

/** A proxy in between may answer with a page instead of JSON. */
function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return { message: text.slice(0, 200) };
  }
}

function announce(event) {
  document.dispatchEvent(new CustomEvent(event));
}
