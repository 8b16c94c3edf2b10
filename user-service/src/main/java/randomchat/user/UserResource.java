package randomchat.user;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import randomchat.kit.problem.Problem;

/** Who somebody is. Every route answers 503 with Retry-After while Redis cannot be reached. */
@Path("/api/user")
@Produces(MediaType.APPLICATION_JSON)
public class UserResource {

  private static final Problem BAD_NAME =
      Problem.badRequest(
          "please choose a name of 1 to %d characters that can be shown"
              .formatted(UserName.LONGEST));

  private final Users users;
  private final Identity identity;

  UserResource(Users users, Identity identity) {
    this.users = users;
    this.identity = identity;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Makes a user and sets the cookie that says who the caller is")
  public Uni<Response> create(byte[] body, @Context HttpServerRequest request) {
    NewUser wanted = NewUser.parse(body).orElseThrow(() -> BAD_NAME);
    return users
        .create(wanted.name())
        .map(
            user ->
                Response.status(Response.Status.CREATED)
                    .entity(UserAnswer.of(user))
                    .cookie(identity.cookieFor(user, isHttps(request)))
                    .build());
  }

  @GET
  @Path("me")
  @Operation(summary = "The caller")
  public Uni<UserAnswer> me(@CookieParam(Identity.COOKIE) String sid) {
    return known(caller(sid)).map(UserAnswer::of);
  }

  @GET
  @Operation(summary = "Another user")
  public Uni<UserAnswer> find(@RestQuery String uid, @CookieParam(Identity.COOKIE) String sid) {
    caller(sid);
    return known(asked(uid)).map(UserAnswer::of);
  }

  @GET
  @Path("{uid}/name")
  @Operation(summary = "The name of another user, for the light edition")
  public Uni<NameAnswer> name(String uid, @CookieParam(Identity.COOKIE) String sid) {
    caller(sid);
    return known(asked(uid)).map(NameAnswer::of);
  }

  @DELETE
  @Path("me")
  @Operation(summary = "Forgets the caller")
  public Uni<Response> remove(
      @CookieParam(Identity.COOKIE) String sid, @Context HttpServerRequest request) {
    return users
        .remove(caller(sid))
        .map(gone -> Response.noContent().cookie(identity.noCookie(isHttps(request))).build());
  }

  private UserId caller(String sid) {
    return identity.verify(sid).orElseThrow(Problem::unauthorized);
  }

  private static UserId asked(String uid) {
    return UserId.parse(uid).orElseThrow(() -> Problem.badRequest("uid must be a user's id"));
  }

  private Uni<User> known(UserId id) {
    return users.find(id).map(user -> user.orElseThrow(() -> Problem.notFound("no such user")));
  }

  /** As the user's browser sees it: the gateway's X-Forwarded-Proto counts. */
  private static boolean isHttps(HttpServerRequest request) {
    return "https".equals(request.scheme());
  }
}
