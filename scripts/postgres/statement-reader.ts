/** `Z` and `E`, as the server says them. */
const READY = 0x5a;
const ERROR = 0x45;

/** A statement that a client has sent. */
export interface Statement {
  /** As it was parsed; of a prepared one, what it was prepared as. */
  readonly sql: string;
}

/**
 * Reads the client's side of PostgreSQL's wire protocol as far as it takes to see which statements
 * are sent, and the server's as far as it takes to see when they are answered.
 * https://www.postgresql.org/docs/17/protocol-message-formats.html
 */
export function createStatementReader(onError: (code: string) => void = () => {}) {
  const prepared = new Map<string, string>();
  const portals = new Map<string, string>();
  let [fromClient, fromServer] = [Buffer.alloc(0), Buffer.alloc(0)];
  let hasStarted = false;
  let open = 0;

  function textAt(body: Buffer, from: number): string {
    return body.toString('utf8', from, body.indexOf(0, from));
  }

  function message(type: string, body: Buffer): Statement | undefined {
    switch (type) {
      case 'Q':
        open += 1;
        return { sql: textAt(body, 0) };
      case 'P': {
        const name = textAt(body, 0);
        prepared.set(name, textAt(body, Buffer.byteLength(name) + 1));
        return undefined;
      }
      case 'B': {
        const portal = textAt(body, 0);
        portals.set(portal, textAt(body, Buffer.byteLength(portal) + 1));
        return undefined;
      }
      case 'E':
        return { sql: prepared.get(portals.get(textAt(body, 0)) ?? '') ?? '' };
      case 'S':
        open += 1;
        return undefined;
      default:
        return undefined;
    }
  }

  /** How many answers end in these bytes: the server says that it is ready for more. */
  function readyIn(bytes: Buffer): number {
    fromServer = Buffer.concat([fromServer, bytes]);
    let ready = 0;
    while (fromServer.length >= 5) {
      const end = 1 + fromServer.readUInt32BE(1);
      if (fromServer.length < end) break;
      if (fromServer[0] === READY) ready += 1;
      if (fromServer[0] === ERROR) onError(codeIn(fromServer.subarray(5, end)));
      fromServer = fromServer.subarray(end);
    }
    return ready;
  }

  return {
    /** The statements that are whole in what the client has sent so far. */
    read(bytes: Buffer): readonly Statement[] {
      fromClient = Buffer.concat([fromClient, bytes]);
      const statements: Statement[] = [];
      while (fromClient.length >= (hasStarted ? 5 : 4)) {
        // The first message has no type.
        const at = hasStarted ? 1 : 0;
        const end = at + fromClient.readUInt32BE(at);
        if (fromClient.length < end) break;
        if (hasStarted) {
          const type = String.fromCharCode(fromClient[0] ?? 0);
          const statement = message(type, fromClient.subarray(5, end));
          if (statement) statements.push(statement);
        }
        hasStarted = true;
        fromClient = fromClient.subarray(end);
      }
      return statements;
    },
    /** Takes what the server has said. */
    answered(bytes: Buffer): void {
      open = Math.max(0, open - readyIn(bytes));
    },
    readyIn,
    /** How many answers are outstanding. */
    get open() {
      return open;
    },
  };
}

/** The SQLSTATE among the fields of an error: each is a letter and a text that ends with a zero. */
function codeIn(body: Buffer): string {
  const fields = body.toString('latin1').split('\0');
  return fields.find((field) => field.startsWith('C'))?.slice(1) ?? '';
}
