// A service on Spring Security. With KEY_FILE it signs with a key (class standard), with CLIENT_SECRET it holds a secret (class legacy).
package example;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter;
import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

@SpringBootApplication
@RestController
public class Service {
  static final String ISSUER = System.getenv().getOrDefault("ISSUER", "http://localhost:3000");
  static final String KEY_FILE = System.getenv("KEY_FILE");

  public static void main(String[] words) {
    var application = new SpringApplication(Service.class);
    application.setDefaultProperties(Map.of("server.address", "127.0.0.1", "server.port", System.getenv().getOrDefault("PORT", "4180")));
    application.run(words);
  }

  @Bean
  ClientRegistrationRepository services() {
    var service = ClientRegistrations.fromIssuerLocation(ISSUER).registrationId("huwiya").clientId("pla-library").scope("openid", "offline_access");
    if (KEY_FILE == null) {
      service.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC).clientSecret(System.getenv("CLIENT_SECRET"));
    } else {
      service.clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
    }
    return new InMemoryClientRegistrationRepository(service.build());
  }

  @Bean
  SecurityFilterChain security(HttpSecurity http, ClientRegistrationRepository services) throws Exception {
    var requests = new DefaultOAuth2AuthorizationRequestResolver(services, "/oauth2/authorization");
    // Before version 7 Spring leaves PKCE out for services with a secret. A refresh token needs prompt=consent; leave it and offline_access out where you need none.
    requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce()
        .andThen(request -> request.additionalParameters(more -> more.put("prompt", "consent"))));
    var details = new OidcUserService();
    // Otherwise Spring asks UserInfo only for the scopes profile, email, address and phone.
    details.setRetrieveUserInfo(request -> true);
    var codes = new RestClientAuthorizationCodeTokenResponseClient();
    sign(codes::addParametersConverter);
    var signedOut = new OidcClientInitiatedLogoutSuccessHandler(services);
    signedOut.setPostLogoutRedirectUri("{baseUrl}/");
    return http
        .authorizeHttpRequests(paths -> paths.requestMatchers("/", "/login", "/error").permitAll().anyRequest().authenticated())
        .oauth2Login(login -> login
            .loginPage("/login")
            .defaultSuccessUrl("/", true)
            .failureHandler((request, response, refusal) -> response.sendError(403, refusal.getMessage()))
            .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(requests))
            .tokenEndpoint(endpoint -> endpoint.accessTokenResponseClient(codes))
            .userInfoEndpoint(endpoint -> endpoint.oidcUserService(details)))
        .logout(logout -> logout
            .logoutRequestMatcher(request -> request.getRequestURI().equals("/logout"))
            .logoutSuccessHandler(signedOut))
        .build();
  }

  /** Spring expects RS256 unless it is told otherwise. */
  @Bean
  JwtDecoderFactory<ClientRegistration> idTokens() {
    var factory = new OidcIdTokenDecoderFactory();
    factory.setJwsAlgorithmResolver(service -> SignatureAlgorithm.ES256);
    return factory;
  }

  @GetMapping("/")
  Object home(@AuthenticationPrincipal OidcUser person) {
    return person == null ? "Nobody is signed in. Open /login." : person.getUserInfo().getClaims();
  }

  @GetMapping("/login")
  ResponseEntity<Void> login() {
    return ResponseEntity.status(302).location(URI.create("/oauth2/authorization/huwiya")).build();
  }

  /** By hand, to show it: an OAuth2AuthorizedClientManager does it by itself when the token has run out. */
  @GetMapping("/refresh")
  Object refresh(@RegisteredOAuth2AuthorizedClient("huwiya") OAuth2AuthorizedClient before) {
    var service = before.getClientRegistration();
    var refreshing = new RestClientRefreshTokenTokenResponseClient();
    sign(refreshing::addParametersConverter);
    var tokens = refreshing.getTokenResponse(new OAuth2RefreshTokenGrantRequest(service, before.getAccessToken(), before.getRefreshToken()));
    return RestClient.create().get().uri(service.getProviderDetails().getUserInfoEndpoint().getUri())
        .headers(headers -> headers.setBearerAuth(tokens.getAccessToken().getTokenValue())).retrieve().body(Map.class);
  }

  interface Signed<T extends AbstractOAuth2AuthorizationGrantRequest> {
    void by(NimbusJwtClientAuthenticationParametersConverter<T> converter);
  }

  /** Spring names the token endpoint as the audience; Huwiya takes the issuer. */
  static <T extends AbstractOAuth2AuthorizationGrantRequest> void sign(Signed<T> requests) {
    if (KEY_FILE == null) {
      return;
    }
    var key = readKey();
    var converter = new NimbusJwtClientAuthenticationParametersConverter<T>(service -> key);
    converter.setJwtClientAssertionCustomizer(assertion -> assertion.getClaims().audience(List.of(ISSUER)));
    requests.by(converter);
  }

  /** Java cannot derive the public half, so the JSON that was registered is read beside it: pla-public.json of pla.pem. */
  static JWK readKey() {
    try {
      var pem = Files.readString(Path.of(KEY_FILE)).replaceAll("-----[A-Z ]+-----", "");
      var secret = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
      var registered = ECKey.parse(Files.readString(Path.of(KEY_FILE.replace(".pem", "-public.json"))));
      return new ECKey.Builder(registered).privateKey((ECPrivateKey) secret).build();
    } catch (IOException | GeneralSecurityException | ParseException thrown) {
      throw new IllegalStateException("KEY_FILE cannot be read", thrown);
    }
  }
}
