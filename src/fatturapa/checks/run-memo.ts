/**
 * What several checks ask of the same document is found once per run. A run is synchronous, so one place to keep it in is enough; when the run ends it is
 * emptied, so that no document outlives its run. (A WeakMap would do the same, at a price that the garbage collector pays again and again.)
 */
const memos: (() => void)[] = [];
let isRunning = false;

/** `make`, made only once for the same argument while a run is on. Outside of a run it is simply `make`. */
export function oncePerRun<Of extends object, Made>(make: (of: Of) => Made): (of: Of) => Made {
  let known: { readonly of: Of; readonly made: Made } | undefined;
  memos.push(() => (known = undefined));
  return (of) => {
    if (known?.of === of) return known.made;
    const made = make(of);
    if (isRunning) known = { of, made };
    return made;
  };
}

/** The same for what is asked of many parts of a document in turn, each body of a lot for example. */
export function eachOncePerRun<Of extends object, Made>(make: (of: Of) => Made): (of: Of) => Made {
  // Dropped, not cleared: a map that was cleared keeps a link from its old entries to its new ones, and with it documents alive that nobody wants.
  let known: Map<Of, Made> | undefined;
  memos.push(() => (known = undefined));
  return (of) => {
    let made = known?.get(of);
    if (made === undefined) {
      made = make(of);
      if (isRunning) (known ??= new Map()).set(of, made);
    }
    return made;
  };
}

/** Runs `work` with memory, and forgets afterwards. A run inside a run shares its memory. */
export function withRunMemory<Result>(work: () => Result): Result {
  if (isRunning) return work();
  isRunning = true;
  try {
    return work();
  } finally {
    isRunning = false;
    for (const forget of memos) forget();
  }
}
