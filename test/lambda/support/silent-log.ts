/** Keeps what handlers log out of the output of the tests of a file. Returns what was logged in the current test. */
export function silentLog(): () => string[] {
  let log: jest.SpyInstance;

  beforeEach(() => {
    log = jest.spyOn(console, 'log').mockImplementation();
  });

  afterEach(() => log.mockRestore());

  return () => log.mock.calls.map(([line]) => String(line));
}
