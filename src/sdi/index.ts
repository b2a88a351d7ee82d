export { FIRST_SDI_ADDRESS, isSdiAddress } from './addresses.js';
export { announcedSdiAddress } from './announcement.js';
export * from './lifecycle/index.js';
export * from './messages/index.js';
