export { canonicalJson } from './canonical-json.js';
export { CHAIN_FORMAT, CHAIN_START, type ChainedEntry, chainHash, type ChainLink, type ChainState, chainText, checkChain, instantText, microsOf } from './chain.js';
