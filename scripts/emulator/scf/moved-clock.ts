const MachineDate = Date;

/** Whoever tests with a moved time moves it for the function too; the machine's stays as it is. */
export function moveClock(offsetMs: number): void {
  if (offsetMs === 0 && Date === MachineDate) return;
  const now = () => MachineDate.now() + offsetMs;
  globalThis.Date = new Proxy(MachineDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
    apply: () => new MachineDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}
