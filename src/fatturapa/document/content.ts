import type { ElementDef, Particle } from '../schema/types.js';

/** One element that may stand in a content, at its place in the order. Choices are laid flat, each alternative after the other. */
export interface Slot {
  readonly index: number;
  readonly def: ElementDef;
  /** Index of its particle in the content. */
  readonly particle: number;
  /** Index of its alternative in the particle's choice; -1 where there is none. */
  readonly alternative: number;
}

/** An element that may come next. */
export class Move {
  /** Its start tag in the plainest form, and the first character of its name. */
  readonly tag: string;
  readonly initial: number;
  /** Of the element itself; absent where it holds a value. */
  readonly content: Content | undefined;

  constructor(
    readonly def: ElementDef,
    /** It stands for another of the kind that came just before. */
    readonly again: boolean,
    readonly next: State,
  ) {
    this.tag = `<${def.name}>`;
    this.initial = def.name.charCodeAt(0);
    this.content = def.type === undefined ? contentOf(def) : undefined;
  }
}

/** Where in a content one is: behind its n-th slot. */
export class State {
  readonly moves: Move[] = [];
  /** The content may end here. */
  complete = false;

  /** @param slot the slot that came last; -1 at the beginning */
  constructor(readonly slot: number) {}

  /** The same, with nothing allowed to follow. */
  sealed(): State {
    const end = new State(this.slot);
    end.complete = this.complete;
    return end;
  }
}

/**
 * The content model of one element as a machine: a state behind each slot, and from it a move to every element that may come next. XML Schema makes its contents
 * deterministic, so one state is enough.
 */
export class Content {
  readonly slots: readonly Slot[];
  readonly states: readonly State[];
  readonly start: State;
  readonly #bySlotName = new Map<string, Slot>();

  constructor(readonly def: ElementDef) {
    this.slots = slotsOf(def.content);
    for (const slot of this.slots) {
      if (slot.def.max !== 1 && slot.def.max !== Infinity) throw new Error(`${slot.def.path} may occur ${slot.def.max} times: the machine knows once and without bound`);
      this.#bySlotName.set(slot.def.name, slot);
    }
    this.states = [-1, ...this.slots.keys()].map((slot) => new State(slot));
    this.start = this.stateAfter(-1);
    for (const state of this.states) this.#connect(state);
  }

  slotOf(def: ElementDef): Slot | undefined {
    return this.#bySlotName.get(def.name);
  }

  stateAfter(slot: number): State {
    const state = this.states[slot + 1];
    if (!state) throw new RangeError(`no state after slot ${slot}`);
    return state;
  }

  #connect(state: State): void {
    const last = this.slots[state.slot];
    const add = (slot: Slot): void => {
      state.moves.push(new Move(slot.def, slot === last, this.stateAfter(slot.index)));
    };
    if (last && last.def.max > 1) add(last);
    if (last && last.alternative >= 0) {
      for (const slot of this.slots) {
        if (!sameAlternative(slot, last) || slot.index <= last.index) continue;
        add(slot);
        if (slot.def.min > 0) return;
      }
    }
    for (let particle = (last?.particle ?? -1) + 1; particle < this.def.content.length; particle += 1) {
      let required = true;
      const open = new Set<number>();
      for (const slot of this.slots) {
        if (slot.particle !== particle || open.has(slot.alternative)) continue;
        add(slot);
        if (slot.def.min > 0) open.add(slot.alternative);
      }
      const kind = this.def.content[particle];
      if (kind?.kind === 'element') required = kind.element.min > 0;
      if (required) return;
    }
    state.complete = true;
  }
}

function sameAlternative(a: Slot, b: Slot): boolean {
  return a.particle === b.particle && a.alternative === b.alternative;
}

function slotsOf(content: readonly Particle[]): Slot[] {
  const slots: Slot[] = [];
  content.forEach((particle, index) => {
    const alternatives = particle.kind === 'element' ? [[particle.element]] : particle.alternatives;
    alternatives.forEach((alternative, which) => {
      for (const def of alternative) slots.push({ index: slots.length, def, particle: index, alternative: particle.kind === 'choice' ? which : -1 });
    });
  });
  return slots;
}

const CONTENTS = new WeakMap<ElementDef, Content>();

/** The machine of an element's content; made once. */
export function contentOf(def: ElementDef): Content {
  let content = CONTENTS.get(def);
  if (!content) {
    content = new Content(def);
    CONTENTS.set(def, content);
  }
  return content;
}
