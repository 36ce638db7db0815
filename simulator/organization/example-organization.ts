import { OrganizationDefinition, SubscriptionDefinition } from './organization-definition';
import { parseOrganization } from './parse-organization';
import document from '../example-organization.json';

/** The example organization. Its subscriptions were renewed often enough, for a year each time, that their licenses are valid at that time. */
export function exampleOrganization(now: Date): OrganizationDefinition {
  const organization = parseOrganization(document);
  return { ...organization, subscriptions: organization.subscriptions.map((subscription) => renewed(subscription, now)) };
}

function renewed(subscription: SubscriptionDefinition, now: Date): SubscriptionDefinition {
  const { begin, end } = subscription.validity;
  if (end === undefined || new Date(end) > now) return subscription;
  return renewed({ ...subscription, validity: { begin: aYearAfter(begin), end: aYearAfter(end) } }, now);
}

function aYearAfter(instant: string): string {
  const date = new Date(instant);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.toISOString();
}
