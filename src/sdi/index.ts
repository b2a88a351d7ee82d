export * from './lifecycle/index.js';
export * from './messages/types.js';
