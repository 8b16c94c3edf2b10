package randomchat.uploader.member;

import jakarta.enterprise.context.RequestScoped;

/** The member whose request this is; known on routes that are {@link MembersOnly}. */
@RequestScoped
public class Caller {

  private Member member;

  public Member member() {
    return member;
  }

  void is(Member known) {
    this.member = known;
  }
}
