import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * A stopped process cannot see that its parent is gone, so somebody else must: a shell that holds
 * the list of instances and kills them as soon as its standard input ends, for whatever reason.
 */
export interface Watchdog {
  /** `pid` leads a process group; the whole group is killed. */
  watch(pid: number): void;
  forget(pid: number): void;
  close(): Promise<void>;
}

const SCRIPT = `
trap '' INT TERM HUP
pids=''
while read -r order pid; do
  rest=''
  for other in $pids; do [ "$other" = "$pid" ] || rest="$rest $other"; done
  pids=$rest
  [ "$order" = watch ] && pids="$pids $pid"
done
for pid in $pids; do kill -s KILL -- "-$pid"; done 2>/dev/null
`;

/** Nothing is started before there is something to watch. */
export function createWatchdog(): Watchdog {
  let shell: ReturnType<typeof startShell> | undefined;

  return {
    watch(pid) {
      shell ??= startShell();
      shell.stdin.write(`watch ${pid}\n`);
    },
    forget: (pid) => void shell?.stdin.write(`forget ${pid}\n`),
    async close() {
      if (!shell) return;
      const closed = once(shell, 'exit');
      shell.stdin.end();
      await closed;
    },
  };
}

function startShell() {
  // A session of its own: a Ctrl-C in the terminal, or a kill of our group, must not reach it.
  const shell = spawn('/bin/sh', ['-c', SCRIPT], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
    detached: true,
  });
  shell.stdin.on('error', () => {});
  return shell;
}
