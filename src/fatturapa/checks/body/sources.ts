import type { FormatoTrasmissione } from '../../types.js';

/** Where the rules of the bodies stand. The list of 2017 spells out the algorithms; the appendix says what holds today. */
export const APPENDIX = 'Allegato A 1.9.1, appendice 1';
export const APPENDIX_AND_LIST = `${APPENDIX}; Elenco controlli 1.5 (2017)`;

export const ORDINARY_FORMATS: readonly FormatoTrasmissione[] = ['FPA12', 'FPR12'];
export const ALL_FORMATS: readonly FormatoTrasmissione[] = ['FPA12', 'FPR12', 'FSM10'];
export const SIMPLIFIED_FORMAT: readonly FormatoTrasmissione[] = ['FSM10'];
