/** The services answer within a second or two; a connection that hangs must not use up the time of the function. */
const CONNECTION_MILLISECONDS = 5_000;
const REQUEST_MILLISECONDS = 20_000;

/** What every client has in common. */
export const CLIENT_CONFIGURATION = {
  customUserAgent: 'cdk-managed-entitlements',
  requestHandler: { connectionTimeout: CONNECTION_MILLISECONDS, requestTimeout: REQUEST_MILLISECONDS, throwOnRequestTimeout: true },
};

/** Of a client for calls that change something: what the SDK repeats by itself is not asked about before, and may last three times as long. */
export const ONE_ATTEMPT_CONFIGURATION = { ...CLIENT_CONFIGURATION, maxAttempts: 1 };

/** How long one attempt at a call can be under way. */
export const LONGEST_ATTEMPT_MILLISECONDS = CONNECTION_MILLISECONDS + REQUEST_MILLISECONDS;
