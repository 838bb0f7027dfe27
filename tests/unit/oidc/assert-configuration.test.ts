import { describe, expect, it } from 'vitest';
import { findDevelopmentDefaults } from '../../../src/oidc/assert-configuration.ts';

describe('a configuration of the engine that would run on development defaults', () => {
  it('is refused with every such setting named at once', () => {
    const left = findDevelopmentDefaults({
      features: { devInteractions: { enabled: true }, registration: { enabled: true } },
      cookies: { keys: [] },
      jwks: { keys: [] },
    });
    expect(left).toEqual([
      'adapter',
      'cookies.keys',
      'features.devInteractions',
      'features.registration',
      'fetch',
      'findAccount',
      'jwks',
      'renderError',
    ]);
  });

  it('is refused when the development interactions are only not turned off', () => {
    expect(findDevelopmentDefaults({})).toContain('features.devInteractions');
  });
});
