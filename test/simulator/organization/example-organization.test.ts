import { exampleOrganization } from '../../../simulator/organization/example-organization';

describe('the example organization', () => {
  test('is what its file says while the file\'s licenses are valid', () => {
    const [linux] = exampleOrganization(new Date('2026-07-01T00:00:00Z')).subscriptions;
    expect(linux.validity).toEqual({ begin: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z' });
  });

  test('has valid licenses in any later year, too', () => {
    const now = new Date('2031-05-01T00:00:00Z');
    for (const { validity } of exampleOrganization(now).subscriptions) {
      expect(new Date(validity.begin).getTime()).toBeLessThanOrEqual(now.getTime());
      expect(new Date(validity.end!).getTime()).toBeGreaterThan(now.getTime());
    }
  });
});
