// A service on ASP.NET Core. With KEY_FILE it signs with a key (class standard), with CLIENT_SECRET it holds a secret (class legacy).

using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

var issuer = Environment.GetEnvironmentVariable("ISSUER") ?? "http://localhost:3000";
var port = Environment.GetEnvironmentVariable("PORT") ?? "4180";
var keyFile = Environment.GetEnvironmentVariable("KEY_FILE");

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseUrls($"http://localhost:{port}");
builder.Services.AddAuthorization();
builder.Services
    .AddAuthentication(options =>
    {
        options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
    })
    .AddCookie()
    .AddOpenIdConnect(options =>
    {
        options.Authority = issuer;
        options.RequireHttpsMetadata = !issuer.StartsWith("http://localhost");
        options.ClientId = "pla-library";
        options.ClientSecret = keyFile is null ? Environment.GetEnvironmentVariable("CLIENT_SECRET") : null;
        options.ResponseType = OpenIdConnectResponseType.Code; // with PKCE, which is the default
        options.ResponseMode = OpenIdConnectResponseMode.Query; // the default is form_post, which class legacy alone has without asking
        options.Scope.Clear();
        options.Scope.Add("openid");
        // A refresh token needs both. Leave them out where you need none.
        options.Scope.Add("offline_access");
        options.Prompt = "consent";
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.ClaimActions.MapAllExcept("iss", "aud", "exp", "iat", "nonce", "at_hash", "auth_time", "acr", "amr", "sid");
        options.SaveTokens = true;
        if (keyFile is not null)
        {
            options.Events.OnAuthorizationCodeReceived = received =>
            {
                received.TokenEndpointRequest!.ClientAssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
                received.TokenEndpointRequest.ClientAssertion = Sign(keyFile, issuer);
                return Task.CompletedTask;
            };
            // From .NET 9 on requests are pushed where the provider can take them; that call is signed too.
            options.Events.OnPushAuthorization = pushed =>
            {
                pushed.ProtocolMessage.ClientAssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
                pushed.ProtocolMessage.ClientAssertion = Sign(keyFile, issuer);
                pushed.HandleClientAuthentication();
                return Task.CompletedTask;
            };
        }
        options.Events.OnRemoteFailure = failed =>
        {
            failed.HandleResponse();
            failed.Response.StatusCode = 403;
            return failed.Response.WriteAsync("The sign-in did not succeed.");
        };
    });

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();

app.MapGet("/", (ClaimsPrincipal person) => person.Identity?.IsAuthenticated == true
    ? Results.Json(person.Claims.GroupBy(claim => claim.Type).ToDictionary(same => same.Key, same => same.First().Value))
    : Results.Text("Nobody is signed in. Open /login."));
app.MapGet("/login", () => Results.Challenge(new AuthenticationProperties { RedirectUri = "/" }));
app.MapGet("/logout", () => Results.SignOut(
    new AuthenticationProperties { RedirectUri = "/" },
    [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme]));
app.Run();

// The audience is the issuer, as one text; each assertion serves once.
static string Sign(string keyFile, string issuer)
{
    var key = ECDsa.Create();
    key.ImportFromPem(File.ReadAllText(keyFile));
    return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "pla-library",
        Audience = issuer,
        Expires = DateTime.UtcNow.AddMinutes(1),
        Claims = new Dictionary<string, object> { ["sub"] = "pla-library", ["jti"] = Guid.NewGuid().ToString() },
        SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = "pla-1" }, SecurityAlgorithms.EcdsaSha256),
    });
}
