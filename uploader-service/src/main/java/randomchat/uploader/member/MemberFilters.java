package randomchat.uploader.member;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import randomchat.kit.problem.Problem;
import randomchat.kit.token.Tokens;
import randomchat.uploader.store.Bucket;

/** Decides about a request before its body is read. */
class MemberFilters {

  private final Tokens tokens;
  private final Bucket bucket;
  private final OpenScript open;
  private final RateScript rate;
  private final Caller caller;

  MemberFilters(Tokens tokens, Bucket bucket, OpenScript open, RateScript rate, Caller caller) {
    this.tokens = tokens;
    this.bucket = bucket;
    this.open = open;
    this.rate = rate;
    this.caller = caller;
  }

  @MembersOnly
  @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
  void admit(ContainerRequestContext request) {
    Member member =
        Tokens.bearer(request.getHeaderString("Authorization"))
            .flatMap(token -> tokens.verify(token, Member.AUDIENCE))
            .flatMap(Member::of)
            .orElseThrow(Problem::unauthorized);
    bucket.require();
    if (!open.isOpen(member.channel())) {
      throw Problem.notFound("no such channel");
    }
    caller.is(member);
  }

  @Limited
  @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
  void limit(ContainerRequestContext request) {
    if (!rate.take(caller.member())) {
      throw Problem.tooMany();
    }
  }
}
