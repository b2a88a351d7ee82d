import type { Command } from '../command.js';
import { append } from './append.js';
import { authenticate } from './authenticate.js';
import { capability } from './capability.js';
import { copy } from './copy.js';
import { create } from './create.js';
import { deleteFolder } from './delete.js';
import { enable } from './enable.js';
import { expunge, uidExpunge } from './expunge.js';
import { fetch } from './fetch.js';
import { id } from './id.js';
import { idle } from './idle.js';
import { list } from './list.js';
import { login } from './login.js';
import { logout } from './logout.js';
import { move } from './move.js';
import { namespace } from './namespace.js';
import { noop } from './noop.js';
import { rename } from './rename.js';
import { search } from './search.js';
import { select } from './select.js';
import { starttls } from './starttls.js';
import { status } from './status.js';
import { store } from './store.js';
import { subscribe } from './subscribe.js';
import { close, unselect } from './unselect.js';

const COMMANDS = new Map<string, Command>(
  Object.entries({
    CAPABILITY: capability,
    ID: id,
    NOOP: noop,
    CHECK: noop,
    LOGOUT: logout,
    STARTTLS: starttls,
    AUTHENTICATE: authenticate,
    LOGIN: login,
    NAMESPACE: namespace,
    ENABLE: enable,
    LIST: list,
    LSUB: list,
    SUBSCRIBE: subscribe,
    UNSUBSCRIBE: subscribe,
    STATUS: status,
    CREATE: create,
    DELETE: deleteFolder,
    RENAME: rename,
    APPEND: append,
    SELECT: select,
    EXAMINE: select,
    UNSELECT: unselect,
    CLOSE: close,
    IDLE: idle,
    FETCH: fetch,
    'UID FETCH': fetch,
    STORE: store,
    'UID STORE': store,
    SEARCH: search,
    'UID SEARCH': search,
    COPY: copy,
    'UID COPY': copy,
    MOVE: move,
    'UID MOVE': move,
    EXPUNGE: expunge,
    'UID EXPUNGE': uidExpunge,
  }),
);

/** The command of this name, in capitals. */
export function commandNamed(name: string): Command | undefined {
  return COMMANDS.get(name);
}
