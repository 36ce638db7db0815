import { play } from '../../scripts/demo/play';
import { QUICK_START_LIFE } from '../../scripts/demo/quick-start-life';

/** Seven deployments, each with a synthesis in a process of its own. */
const TIMEOUT_MILLISECONDS = 5 * 60 * 1000;

describe('the demo', () => {
  test('plays the whole life of the quick start as expected, in readable lines', async () => {
    const lines: string[] = [];
    const asExpected = await play('quick-start', QUICK_START_LIFE, (text) => lines.push(text));
    const text = lines.join('\n');

    expect(text).not.toContain('NOT AS EXPECTED');
    expect(asExpected).toBe(true);
    expect(text).toMatch(/^00:03:\d\d {2}CREATE_COMPLETE {5}LinuxForPayments\w+ \(Custom::MarketplaceLicenseGrant\)$/m);
    expect(text).toMatch(/^222222222222 {2}payments-prod {4}Linux for payments {2}ACTIVE {2}launch Example Hardened Linux$/m);
    expect(text).toMatch(/^222222222222 .* DISABLED {2}nothing new: Example Hardened Linux is not active \(not needed for now\)$/m);
    expect(text).toMatch(/UPDATE_FAILED .*444444444444.*Another license of the same product is active/);
    expect(lines.at(-1)).toMatch(/^\nAPI calls: .*license-manager:CreateGrant 3, .*license-manager:DeleteGrant 3,/);
  }, TIMEOUT_MILLISECONDS);

  test('says so if a step does not end as expected', async () => {
    const [deployment] = QUICK_START_LIFE;
    const lines: string[] = [];
    const asExpected = await play('quick-start', [
      { ...deployment, expected: { ...deployment.expected, grants: ['222222222222: Linux for payments, DISABLED'] } },
    ], (text) => lines.push(text));

    expect(asExpected).toBe(false);
    expect(lines.join('\n')).toContain('ended CREATE_COMPLETE with the grants [222222222222: Linux for payments, ACTIVE]');
  }, TIMEOUT_MILLISECONDS);
});
