// How long what the engine makes lives, in seconds, where it is always as long.

export const lifetimes = {
  AccessToken: 300,
  AuthorizationCode: 60,
  ClientCredentials: 300,
  IdToken: 300,
  Interaction: 600,
  Grant: 600,
} as const;
