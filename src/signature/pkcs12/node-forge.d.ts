/** Single modules of node-forge: the whole takes a tenth of a second to load, and only RC2 is needed of it. */
declare module 'node-forge/lib/rc2.js' {
  import { rc2 } from 'node-forge';
  export default rc2;
}

declare module 'node-forge/lib/util.js' {
  import { util } from 'node-forge';
  export default util;
}
